"""Tables as JSON: {"name", "unit", "columns": [...], "rows": [{"key", "level", "values": [...]}]}.

Where figures have footnotes there are also "notes": [{"mark", "text", "figures": [{"row", "column"}]}].
"""

import json
from decimal import Decimal
from typing import Any

from meridian.engine.printing.document import Document
from meridian.engine.tables.table import Column, Figure, Table


def value_of(table: Table) -> dict[str, Any]:
    """The table as plain values for `json.dumps`; a figure that does not exist is null."""
    notes = [
        {
            "mark": mark,
            "text": str(text),
            "figures": [
                {"row": row.key, "column": column}
                for row in table.rows
                for column, marks in row.figure_marks.items()
                if mark in marks
            ],
        }
        for mark, text in table.notes
    ]
    return {
        "name": table.name,
        "unit": str(table.unit),
        "columns": [column.key for column in table.columns],
        "rows": [
            {
                "key": row.key,
                "level": row.level,
                "values": [
                    _number(value, table, column)
                    for column, value in zip(table.columns, row.values, strict=True)
                ],
            }
            for row in table.rows
        ],
        **({"notes": notes} if notes else {}),
    }


def render(document: Document) -> bytes:
    """One table as its object, several as a list of them."""
    values = [value_of(table) for table in document.tables]
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=2).encode()


def _number(value: Figure, table: Table, column: Column) -> int | float | None:
    """A JSON number with the digits of the exact figure; more digits than a double holds raise ValueError."""
    if value is None:
        return None
    if not table.decimals_of(column) and value == int(value):
        return int(value)
    number = float(value)
    if Decimal(repr(number)) != value:
        raise ValueError(f"{value} in {table.name} has too many digits for a JSON number.")
    return number
