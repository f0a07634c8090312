"""Read tables back from DOCX: the printed text of each cell, footnote letters left aside."""

from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from meridian.engine.printing.numbers import read_number
from meridian.engine.tables.table import Column, Row, RowKind, Table


def read(path: Path) -> list[Table]:
    """The tables of a document that `as_docx` wrote; labels stand in for keys."""
    word = docx.Document(str(path))
    language = word.core_properties.language or "en"
    names = {style.style_id: style.name for style in word.styles}
    return [_table(element, language, names) for element in word.element.body.iter(qn("w:tbl"))]


def _table(element: Any, language: str, style_names: dict[str, str]) -> Table:
    head, *lines = list(element.iter(qn("w:tr")))
    heads = [_text(cell) for cell in head.iter(qn("w:tc"))]
    rows = []
    for line in lines:
        label, *figures = list(line.iter(qn("w:tc")))
        _, kind, level = style_names[label.find(f".//{qn('w:pStyle')}").get(qn("w:val"))].split()
        values = tuple(read_number(_text(figure), language) for figure in figures)
        text = _text(label)
        key = kind if kind != RowKind.LINE else text
        rows.append(Row(key, text, values, int(level), RowKind(kind)))
    facets = element.tblPr
    return Table(
        name=facets.find(qn("w:tblCaption")).get(qn("w:val")),
        title="",
        unit=facets.find(qn("w:tblDescription")).get(qn("w:val")),
        columns=tuple(Column(str(index), text) for index, text in enumerate(heads[1:])),
        rows=tuple(rows),
        row_heading=heads[0],
    )


def _text(cell: Any) -> str:
    """The text of a cell without the runs that are raised."""
    runs = [run for run in cell.iter(qn("w:r")) if run.find(f".//{qn('w:vertAlign')}") is None]
    return "".join(text.text or "" for run in runs for text in run.iter(qn("w:t")))
