"""Read a submitted file as tables of cells: headings, rows with their lines, figures where there are any.

CSV (any usual separator and either decimal sign) and XLSX (every sheet; formulas by their
stored values). Title lines above a table and blank lines within it are passed over.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from meridian.engine.sheets import faults as sheets
from meridian.engine.sheets.cells import Cell, Kind, Sheet
from meridian.engine.sheets.reading import read_sheets
from meridian.engine.sheets.text import sheet_of

SUFFIXES = (".csv", ".xlsx")
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
NIL = {"–", "—", "-", "−", "nil"}
ABSENT = {"", "..", "...", "n/a", "na", "n.a."}
PLAIN = re.compile(r"\d+(\.\d+)?|\.\d+")
COMMA_DECIMAL = re.compile(
    r"[(-]?\d{1,3}(?:\d*|(?:\.\d{3})*),\d{1,2}\)?%?|[(-]?\d{1,3}(?:\.\d{3})*,\d{4,}\)?%?"
)
BREAK = re.compile(r"\r\n|\n|\r")
# Stands for the result of a formula that the workbook does not keep.
NO_VALUE = "=?"
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
    return _of_sheets(name, lambda: read_sheets(path.name, path.read_bytes(), legacy="cp1252"))


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
    return _of_sheets(name, lambda: [sheet_of(text)])


def _of_sheets(name: str, read: Callable[[], list[Sheet]]) -> list[Grid]:
    try:
        return [grid for sheet in read() for grid in _grids(name, sheet.name, list(_texts(sheet)))]
    except sheets.Unreadable as fault:
        raise Unreadable(f"{name}: {fault}") from fault


def _texts(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """The texts of each line with its number; a gap between lines shows as an empty one."""
    following = 1
    for row in sheet.rows:
        if row.line > following:
            yield row.line - 1, []
        width = max(row.cells)
        yield row.line, [_text(row.cells[at]) if at in row.cells else "" for at in range(1, width + 1)]
        # Line breaks within the cells of a text file are lines of the file too.
        breaks = 0 if sheet.lettered else sum(len(BREAK.findall(cell.text)) for cell in row.cells.values())
        following = row.line + breaks + 1


def _text(cell: Cell) -> str:
    """What a person sees: a share in per cent, and something where a formula has no value."""
    if cell.kind is Kind.FORMULA:
        return NO_VALUE
    if cell.is_percent:
        return f"{(Decimal(cell.text) * 100).normalize():f}"
    return cell.text.strip()


def _grids(name: str, sheet: str, cells: Sequence[tuple[int, list[str]]]) -> list[Grid]:
    decimal_comma = _has_decimal_comma(cell for _number, row in cells for cell in row)
    grids: list[Grid] = []
    heads: tuple[str, ...] = ()
    lines: list[Line] = []
    titles: list[str] = []
    title = ""
    after_blank = True
    for number, row in cells:
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
