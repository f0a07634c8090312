"""CSV, XLSX and JSON files of rows, written as a stream and read without trust."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import IO, Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.exchange.workbook import write_workbook
from meridian.engine.sheets.cells import Cell
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.reading import kind_of
from meridian.engine.sheets.table import Line, Table, read_table
from meridian.kernel.formula_guard import guarded, unguarded

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# For people: what the list shows. It is not taken in again; the others are exact, and are.
READING = "reading"
PIECE_BYTES = 1 << 16


def write_rows(kind: str, titles: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """A file of the kind as pieces of bytes; what the kind can't hold is refused before the first."""
    writer = {"csv": _write_csv, "json": _write_json, "xlsx": _write_xlsx}[kind]
    return writer(titles, rows)


def _write_csv(titles: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for row in _chain(titles, rows):
        line = io.StringIO()
        csv.writer(line).writerow([guarded(text) for text in row])
        yield line.getvalue().encode()


def _chain(titles: list[str], rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    yield titles
    yield from rows


def _write_json(titles: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    separator = "[\n"
    for row in rows:
        yield (separator + json.dumps(dict(zip(titles, row, strict=True)), ensure_ascii=False)).encode()
        separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def write_for_reading(titles: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """A workbook for people, in the direction of their language."""
    return _write_xlsx(titles, rows, read=True, mirrored=get_language_bidi())


def _write_xlsx(titles: list[str], rows: Iterable[list[Any]], **look: bool) -> Iterator[bytes]:
    """Made as a whole first: a workbook that would lose something is refused, not begun."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads the pieces
    try:
        write_workbook(stream, _chain(titles, rows), **look)
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    return _pieces(stream)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        yield from iter(partial(stream.read, PIECE_BYTES), b"")


def read_file(name: str, content: bytes, sheet: str = "") -> Table:
    """The table of a file, without the apostrophes that guard a CSV file. Refuses what is none."""
    try:
        table = read_table(name, content, sheet)
    except Unreadable as fault:
        raise Refusal(_placed(fault), "file") from fault
    if kind_of(name) == "csv":
        table.lines = [Line(line.number, _bare(line.cells)) for line in table.lines]
    return table


def _bare(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        heading: replace(cell, text=unguarded(cell.text)) if cell.text.startswith("'") else cell
        for heading, cell in cells.items()
    }


def _placed(fault: Unreadable) -> str:
    """The sentence with its line and column before it."""
    places = []
    if fault.line:
        places.append(_("line %(line)s") % {"line": fault.line})
    if fault.column:
        places.append(_("column %(column)s") % {"column": fault.column})
    where = ", ".join(places)
    return f"{where[:1].upper()}{where[1:]}: {fault.words()}" if where else fault.words()
