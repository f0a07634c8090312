"""Documents as PDF by Typst: tagged for readers, fonts embedded, a machine copy attached.

The text comes to the template as JSON, so that nothing in it can be taken for markup. The
attachment `tables.json` holds the names, keys, labels and levels of the tables; the
figures are only in the printed text.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from meridian.engine.printing.document import Document, Heading, Part
from meridian.engine.printing.fonts import ARABIC, CHINESE, LATIN, font_folders
from meridian.engine.printing.numbers import direction, printed
from meridian.engine.tables.table import RowKind, Table

TEMPLATE = Path(__file__).parent / "document.typ"


def render(document: Document) -> bytes:
    """The PDF file."""
    content = {
        "title": str(document.title) or ", ".join(str(table.title) for table in document.tables),
        "show_title": bool(document.title),
        "symbol": document.symbol,
        "language": document.language.split("-")[0],
        "direction": direction(document.language),
        "fonts": [LATIN, ARABIC, CHINESE],
        "parts": [_part(document, part) for part in document.parts],
        "machine_copy": json.dumps([structure_of(table) for table in document.tables], ensure_ascii=False),
    }
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts())
    pdf = compiler.compile(format="pdf", sys_inputs={"document": json.dumps(content)})
    assert isinstance(pdf, bytes)
    return pdf


def structure_of(table: Table) -> dict[str, Any]:
    """What the printed text does not say: names, keys, labels, kinds and levels."""
    return {
        "name": table.name,
        "title": str(table.title),
        "unit": str(table.unit),
        "decimals": table.decimals,
        "columns": [
            {
                "key": column.key,
                "label": str(column.label),
                "terms": list(column.terms),
                "percent_of": column.percent_of,
                "decimals": column.decimals,
            }
            for column in table.columns
        ],
        "rows": [
            {"key": row.key, "label": str(row.label), "level": row.level, "kind": row.kind}
            for row in table.rows
        ],
    }


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*map(str, font_folders())]
    )


def _part(document: Document, part: Part) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "text": str(part.text), "level": part.level}
    if isinstance(part, Table):
        return _table(document, part)
    return {"kind": "paragraph", "text": str(part.text), "number": part.number}


def _table(document: Document, table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": document.caption(table),
        "unit": f"({table.unit})",
        "heads": [str(table.row_heading), *[str(column.label) for column in table.columns]],
        "notes": [[str(mark), str(text)] for mark, text in table.notes],
        "rows": [
            {
                "label": str(row.label),
                "marks": ", ".join(row.marks),
                "indent": max(0, row.level - 1),
                "strong": row.kind is not RowKind.LINE,
                "figures": [
                    [
                        printed(value, table.decimals_of(column), document.language),
                        ", ".join(row.figure_marks.get(column.key, ())),
                    ]
                    for column, value in zip(table.columns, row.values, strict=True)
                ],
            }
            for row in table.rows
        ],
    }
