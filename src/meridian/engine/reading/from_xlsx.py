"""Read tables back from XLSX: the values that a person sees in the cells."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from meridian.engine.reading.printed import with_kinds
from meridian.engine.tables.table import Column, Figure, Row, Table

HEAD_ROW = 4


def read(path: Path) -> list[Table]:
    """A table for each sheet whose fourth row begins with `key`; formulas by their stored values."""
    book = openpyxl.load_workbook(path, data_only=True, rich_text=True)
    return [_table(sheet) for sheet in book.worksheets if sheet.cell(HEAD_ROW, 1).value == "key"]


def _table(sheet: Any) -> Table:
    lines = list(sheet.iter_rows(min_row=HEAD_ROW, values_only=True))
    heads = lines[0]
    rows = []
    for key, level, label, *figures in lines[1:]:
        if key is None:
            break
        rows.append(Row(key, _label(label), tuple(_figure(figure) for figure in figures), level))
    return Table(
        name=sheet.title,
        title=sheet.cell(1, 3).value or "",
        unit=(sheet.cell(2, 3).value or "")[1:-1],
        columns=tuple(Column(str(index), str(text)) for index, text in enumerate(heads[3:])),
        rows=with_kinds(rows),
        row_heading=heads[2] or "",
    )


def _label(value: Any) -> str:
    """The text of a label without the raised letters of footnotes."""
    if not isinstance(value, CellRichText):
        return str(value or "")
    return "".join(str(piece) for piece in value if not _is_raised(piece))


def _is_raised(piece: Any) -> bool:
    return isinstance(piece, TextBlock) and piece.font.vertAlign == "superscript"


def _figure(value: Any) -> Figure:
    """Decimal of the shortest text of the stored double: what was written, not its binary neighbour."""
    return None if value is None or value == ".." else Decimal(repr(value))
