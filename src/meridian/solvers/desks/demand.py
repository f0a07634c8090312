"""Read a week of desk demand: who calls where, when by the local clock, in which language, for how long."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo, available_timezones

from meridian.kernel.console import Fault
from meridian.solvers.solving.intake import read_text

HOURS_PER_WEEK = 168
MOST_CONTACTS_PER_HOUR = 100_000.0
MOST_HANDLING_MINUTES = 480.0
MOST_LANGUAGES = 200
COLUMNS = {
    "site": ("site", "desk", "duty_station"),
    "zone": ("zone", "time_zone", "timezone", "tz"),
    "language": ("language", "lang"),
    "hour_of_week": ("hour_of_week", "hour", "weekly_hour"),
    "contacts": ("contacts", "requests", "calls"),
    "handling_minutes": ("handling_minutes", "aht_minutes", "handle_minutes", "average_handling_minutes"),
}


@dataclass(frozen=True)
class Row:
    """Mean contacts of one site and language in one hour of its local week (0 is Monday 00:00), and their
    length.
    """

    site: str
    language: str
    hour_of_week: int
    contacts: float
    handling_minutes: float


@dataclass(frozen=True)
class Demand:
    """Rows with contacts, and for each site its zone and minutes ahead of UTC in the reference week."""

    rows: tuple[Row, ...]
    zones: dict[str, str]
    offset_minutes: dict[str, int]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages, the one with most contacts first."""
        totals: dict[str, float] = {}
        for row in self.rows:
            totals[row.language] = totals.get(row.language, 0.0) + row.contacts
        return tuple(sorted(totals, key=lambda language: (-totals[language], language)))

    @cached_property
    def sites(self) -> tuple[str, ...]:
        return tuple(sorted({row.site for row in self.rows}))


def read_demand(path: Path, reference_week: date) -> Demand:
    """The demand of a CSV file, zones read as they stand on `reference_week`; a bad line is a `Fault` naming
    it.
    """
    text = read_text(path).lstrip("\ufeff")
    header_line = text.lstrip().splitlines()[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    lines = _lines(text, delimiter, path)
    header_number, header = next(lines)
    places = _places(header, f"{path}, line {header_number}")
    rows: list[Row] = []
    zones: dict[str, str] = {}
    seen: dict[tuple[str, str, int], int] = {}
    known_zones = available_timezones()
    for number, cells in lines:
        line = _Line(cells, places, f"{path}, line {number}")
        line.require_no_more_cells_than(len(header))
        row, zone = _row(line, known_zones)
        if zones.setdefault(row.site, zone) != zone:
            line.refuse(
                "zone", f"site {row.site} stands in {zones[row.site]} on an earlier line and in {zone} here"
            )
        key = (row.site, row.language, row.hour_of_week)
        if key in seen:
            line.refuse(
                "hour_of_week",
                f"{row.site}, {row.language}, hour {key[2]} stands on line {seen[key]} already",
            )
        seen[key] = number
        rows.append(row)
    busy = tuple(row for row in rows if row.contacts > 0)
    if not busy:
        raise Fault(f"{path} holds no contacts.", "Give at least one line with contacts above 0.")
    languages = {row.language for row in busy}
    if len(languages) > MOST_LANGUAGES:
        raise Fault(f"{path} holds {len(languages)} languages.", f"Give at most {MOST_LANGUAGES}.")
    midnight = datetime.combine(reference_week, time())
    offsets = {site: _offset_minutes(zone, midnight) for site, zone in zones.items()}
    return Demand(busy, zones, offsets)


def _lines(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line that holds any, the header first, with the number of the line they end on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise Fault(f"{path}, line {reader.line_num}: not CSV ({error}).", "Mend the line.") from None


def _offset_minutes(zone: str, moment: datetime) -> int:
    offset = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


def _places(header: list[str], where: str) -> dict[str, int]:
    """Where each column stands; spaces, hyphens and capitals do not matter."""
    names = ["_".join(cell.strip().lower().replace("-", " ").replace("_", " ").split()) for cell in header]
    places = {}
    for column, spellings in COLUMNS.items():
        found = [place for place, name in enumerate(names) if name in spellings]
        if not found:
            raise Fault(
                f"{where}: the column {column} is missing.", f"Give the columns {', '.join(COLUMNS)}."
            )
        if len(found) > 1:
            raise Fault(f"{where}: {len(found)} columns mean {column}.", "Keep one of them.")
        places[column] = found[0]
    return places


@dataclass(frozen=True)
class _Line:
    cells: list[str]
    places: dict[str, int]
    where: str

    def text(self, column: str) -> str:
        place = self.places[column]
        value = self.cells[place].strip() if place < len(self.cells) else ""
        if not value:
            self.refuse(column, "the cell is empty")
        return value

    def number(self, column: str, most: float) -> float:
        word = self.text(column)
        try:
            value = float(word)
        except ValueError:
            self.refuse(column, f"{word!r} is not a number")
        if not (math.isfinite(value) and 0 <= value <= most):
            self.refuse(column, f"{word} is not between 0 and {most:g}")
        return value

    def require_no_more_cells_than(self, count: int) -> None:
        """A decimal comma would move every figure behind it by one column."""
        if any(cell.strip() for cell in self.cells[count:]):
            raise Fault(
                f"{self.where}: {len(self.cells)} cells under {count} columns.",
                "Write decimals with a point, and text with a comma in quotes.",
            )

    def refuse(self, column: str, sentence: str) -> NoReturn:
        raise Fault(f"{self.where}, column {column}: {sentence}.")


def _row(line: _Line, known_zones: set[str]) -> tuple[Row, str]:
    zone = line.text("zone")
    if zone not in known_zones:
        line.refuse("zone", f"{zone!r} is no time zone of the IANA list (such as Africa/Nairobi)")
    hour = line.number("hour_of_week", HOURS_PER_WEEK - 1)
    if hour != int(hour):
        line.refuse("hour_of_week", f"{hour:g} is not a whole hour")
    contacts = line.number("contacts", MOST_CONTACTS_PER_HOUR)
    minutes = line.number("handling_minutes", MOST_HANDLING_MINUTES)
    if contacts > 0 and minutes <= 0:
        line.refuse("handling_minutes", "a contact takes more than 0 minutes")
    return Row(line.text("site"), line.text("language"), int(hour), contacts, minutes), zone
