"""Read a submitted file as tables of cells: headings, rows with their lines, figures where there are any.

CSV (any usual separator and either decimal sign) and XLSX (every sheet; formulas by their
stored values). Title lines above a table and blank lines within it are passed over.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path

SUFFIXES = (".csv", ".xlsx")
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
NIL = {"–", "—", "-", "−", "nil"}
ABSENT = {"", "..", "...", "n/a", "na", "n.a."}
PLAIN = re.compile(r"\d+(\.\d+)?|\.\d+")
COMMA_DECIMAL = re.compile(
    r"[(-]?\d{1,3}(?:\d*|(?:\.\d{3})*),\d{1,2}\)?%?|[(-]?\d{1,3}(?:\.\d{3})*,\d{4,}\)?%?"
)
FOOTNOTE = re.compile(r"(?<=[\d)])([a-h]|\*+|[a-h]/)$")


class Unreadable(ValueError):
    """A file that is no table; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the file: its 1-based line, the text of its cells and their figures."""

    number: int
    texts: tuple[str, ...]
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a file; `sheet` is empty for CSV, `title` is what stands above the headings."""

    file: str
    sheet: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def read_grids(path: Path, name: str) -> list[Grid]:
    """The tables of the file, which findings call `name`; what is no table raises Unreadable."""
    if path.suffix.lower() == ".xlsx":
        return [grid for title, cells in _sheets(path) for grid in _grids(name, title, cells)]
    return _grids(name, "", _csv_cells(path))


def figure(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The figure in a cell, or None; brackets and a leading minus make it negative, nil is zero."""
    bare = SPACES.sub("", text).replace("−", "-").removesuffix("%")
    if bare.lower() in NIL:
        return Decimal(0)
    bare = FOOTNOTE.sub("", bare)
    negative = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
    bare = bare.strip("()").removeprefix("-").removeprefix("+")
    bare = bare.replace(".", "").replace(",", ".") if decimal_comma else bare.replace(",", "")
    if not PLAIN.fullmatch(bare):
        return None
    return -Decimal(bare) if negative else Decimal(bare)


def decimals_of(text: str) -> int:
    """How many decimals a figure is written with."""
    match = re.search(r"[.,](\d+)\)?%?$", SPACES.sub("", text))
    return len(match.group(1)) if match else 0


def read_text(text: str, name: str) -> list[Grid]:
    """The tables in pasted text, whose cells are parted by tabs, commas or semicolons."""
    return _grids(name, "", _cells_of(text))


def _csv_cells(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise Unreadable(f"{path.name} is not a text file; save it as CSV or XLSX.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return _cells_of(text)


def _cells_of(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t|", key=first.count)
    cells: list[list[str]] = []
    reader = csv.reader(text.splitlines(), delimiter=separator)
    for row in reader:
        # A quoted line break makes a row of several lines; the row keeps the number of its last.
        cells.extend([[]] * (reader.line_num - 1 - len(cells)))
        cells.append([cell.strip() for cell in row])
    return cells


def _sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    try:
        # The reader of workbooks is loaded only for workbooks.
        book = import_module("openpyxl").load_workbook(path, data_only=True, read_only=True)
    except Exception as fault:
        raise Unreadable(f"{path.name} is not a readable workbook; save it anew as XLSX.") from fault
    sheets = [
        (sheet.title, [[_text(cell) for cell in row] for row in sheet.iter_rows()])
        for sheet in book.worksheets
    ]
    book.close()
    return sheets


def _text(cell: object) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        # Fifteen digits are what a workbook keeps; the rest is noise of its binary sums.
        number = Decimal(f"{value:.15g}")
        if "%" in str(getattr(cell, "number_format", "")):
            number *= 100
        return f"{number.normalize():f}"
    return str(value).strip()


def _grids(name: str, sheet: str, cells: Sequence[Sequence[str]]) -> list[Grid]:
    decimal_comma = _has_decimal_comma(cell for row in cells for cell in row)
    grids: list[Grid] = []
    heads: tuple[str, ...] = ()
    lines: list[Line] = []
    titles: list[str] = []
    title = ""
    after_blank = True
    for number, row in enumerate(cells, 1):
        filled = [cell for cell in row if cell]
        if not filled:
            after_blank = True
            continue
        figures = [figure(cell, decimal_comma=decimal_comma) for cell in row]
        is_head = len(filled) > 1 and not any(value is not None and not _is_year(value) for value in figures)
        if after_blank and is_head and any(not PLAIN.fullmatch(cell) for cell in filled):
            _keep(grids, Grid(name, sheet, title, heads, tuple(lines)))
            heads, lines, title, titles = tuple(row), [], " ".join(titles), []
        elif not heads and is_head:
            heads, title, titles = tuple(row), " ".join(titles), []
        elif heads and (len(filled) > 1 or (lines and after_blank is False)):
            width = len(heads)
            padded = [*row, *[""] * width][:width]
            values = [*figures, *[None] * width][:width]
            lines.append(Line(number, tuple(padded), tuple(values)))
        else:
            titles += filled
        after_blank = False
    _keep(grids, Grid(name, sheet, title, heads, tuple(lines)))
    return grids


def _keep(grids: list[Grid], grid: Grid) -> None:
    if grid.heads and grid.lines:
        grids.append(grid)


def _has_decimal_comma(cells: Iterable[str]) -> bool:
    commas = points = 0
    for cell in cells:
        bare = SPACES.sub("", cell)
        if COMMA_DECIMAL.fullmatch(bare):
            commas += 1
        elif re.fullmatch(r"[(-]?[\d,]*\.\d{1,2}\)?%?", bare):
            points += 1
    return commas > points


def _is_year(value: Decimal) -> bool:
    return value == value.to_integral() and 1900 <= value <= 2100
