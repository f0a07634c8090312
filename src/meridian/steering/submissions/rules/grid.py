"""Read a submitted file as tables of cells: headings, rows with their lines, figures where there are any.

CSV (any usual separator and either decimal sign) and XLSX (every sheet; formulas by their
stored values). Title lines above a table and blank lines within it are passed over; headings
may stand in two rows. A figure that has no place in a table is named as unread.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from meridian.engine.sheets import faults as sheets
from meridian.engine.sheets.cells import Sheet
from meridian.engine.sheets.reading import read_sheets
from meridian.engine.sheets.text import sheet_of
from meridian.steering.submissions.rules.cells import (
    ABSENT,
    NO_HEADING,
    NO_TABLE,
    NOTHING,
    Entry,
    UnreadCell,
    notation_among,
    padded,
    read_cell,
    read_text_cell,
)

SUFFIXES = (".csv", ".xlsx")
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
YEAR = re.compile(r"(19|20)\d\d")
BREAK = re.compile(r"\r\n|\n|\r")


class Unreadable(ValueError):
    """A file that is no table; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the file: its 1-based line and its cells as they were read."""

    number: int
    entries: tuple[Entry, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(entry.text for entry in self.entries)

    @property
    def figures(self) -> tuple[Decimal | None, ...]:
        return tuple(entry.value for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a file; `sheet` is empty for CSV, `title` is what stands above the headings."""

    file: str
    sheet: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """What a file holds: its tables, and the cells of figures that belong to none."""

    grids: list[Grid]
    unread: list[UnreadCell]


def read_grids(path: Path, name: str) -> Tables:
    """The tables of the file, which findings call `name`; what is no table raises Unreadable."""
    return _of_sheets(name, lambda: read_sheets(path.name, path.read_bytes(), legacy="cp1252"))


def figure(text: str) -> Decimal | None:
    """The figure in a text with a decimal point, or None."""
    return read_text_cell(text).value


def decimals_of(text: str) -> int:
    """How many decimals a figure of a narrative is written with."""
    match = re.search(r"\.(\d+)\)?%?$", SPACES.sub("", text))
    return len(match.group(1)) if match else 0


def read_text(text: str, name: str) -> Tables:
    """The tables in pasted text, whose cells are parted by tabs, commas or semicolons."""
    return _of_sheets(name, lambda: [sheet_of(text)])


def _of_sheets(name: str, read: Callable[[], list[Sheet]]) -> Tables:
    try:
        found = [_Reading(name, sheet).tables() for sheet in read()]
    except sheets.Unreadable as fault:
        raise Unreadable(f"{name}: {fault}") from fault
    return Tables(
        [grid for one in found for grid in one.grids], [cell for one in found for cell in one.unread]
    )


class _Reading:
    """One sheet read from its first row to its last."""

    def __init__(self, name: str, sheet: Sheet) -> None:
        self.name, self.sheet = name, sheet
        self.notation = notation_among(cell for row in sheet.rows for cell in row.cells.values())
        self.grids: list[Grid] = []
        self.unread: list[UnreadCell] = []
        self.heads: tuple[str, ...] = ()
        self.title = ""
        self.titles: list[str] = []
        self.lines: list[Line] = []

    def tables(self) -> Tables:
        after_blank = True
        for number, row in self._rows():
            if not any(entry.text for entry in row):
                after_blank = True
                continue
            self._take(number, row, after_blank=after_blank)
            after_blank = False
        self._keep()
        return Tables(self.grids, self.unread)

    def _rows(self) -> Iterator[tuple[int, list[Entry]]]:
        """The cells of each line with its number; a gap between lines shows as an empty one."""
        following = 1
        for row in self.sheet.rows:
            if row.line > following:
                yield row.line - 1, []
            width = max(row.cells, default=0)
            yield (
                row.line,
                [
                    read_cell(row.cells[at], self.notation) if at in row.cells else NOTHING
                    for at in range(1, width + 1)
                ],
            )
            # Line breaks within the cells of a text file are lines of the file too.
            breaks = (
                0
                if self.sheet.lettered
                else sum(len(BREAK.findall(cell.text)) for cell in row.cells.values())
            )
            following = row.line + breaks + 1

    def _take(self, number: int, row: list[Entry], *, after_blank: bool) -> None:
        filled = [entry for entry in row if entry.text]
        is_head = len(filled) > 1 and not any(map(_is_figure, filled))
        named = any(not entry.text.isdecimal() for entry in filled)
        if (after_blank and is_head and named) or (not self.heads and is_head):
            self._keep()
            self.heads, self.title, self.titles = (
                tuple(entry.text for entry in row),
                " ".join(self.titles),
                [],
            )
        elif is_head and not self.lines and self._goes_on(row):
            self.heads = _joined(self.heads, [entry.text for entry in row])
        elif self.heads and (len(filled) > 1 or (self.lines and not after_blank)):
            width = len(self.heads)
            self.lines.append(Line(number, padded(row, width)))
            self._name(number, row[width:], width, NO_HEADING)
        else:
            self.titles += [entry.text for entry in filled]
            if len(filled) > 1:
                self._name(number, row, 0, NO_TABLE)

    def _goes_on(self, row: list[Entry]) -> bool:
        """Whether a row below the headings is the second row of them: words over several columns."""
        words = [entry.text for entry in row[1:] if entry.text.lower() not in ABSENT]
        is_spanned = (
            len(self.heads) < len(row) or "" in self.heads[1:] or len(set(self.heads)) < len(self.heads)
        )
        years = any(YEAR.match(head) for head in self.heads)
        return len(words) > 1 and (is_spanned or years)

    def _name(self, number: int, row: Sequence[Entry], start: int, why: str) -> None:
        for at, entry in enumerate(row, start + 1):
            if _is_figure(entry):
                column = self.sheet.column(at)
                self.unread.append(
                    UnreadCell(self.name, self.sheet.name, number, column, entry.text, entry.why or why)
                )

    def _keep(self) -> None:
        if self.heads and self.lines:
            grid = Grid(self.name, self.sheet.name, self.title, self.heads, tuple(self.lines))
            self.grids.append(grid)
        self.heads, self.lines = (), []


def _is_figure(entry: Entry) -> bool:
    """Whether a cell holds a figure, or something meant as one; years name columns."""
    return bool(entry.why) or (entry.value is not None and not YEAR.fullmatch(entry.text))


def _joined(heads: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Headings of two rows: one above several columns stands for each of them."""
    width = max(len(heads), len(below))
    joined, above = [], ""
    for first, second in zip(
        [*heads, *[""] * (width - len(heads))], [*below, *[""] * (width - len(below))], strict=True
    ):
        above = first or above
        joined.append(" ".join(filter(None, (above if second or first else "", second))))
    return tuple(joined)
