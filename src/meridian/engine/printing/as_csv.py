"""One table as CSV: key, level and label, then the figures in plain notation.

A cell of text that a spreadsheet would take for a formula gets an apostrophe before it.
"""

import csv
import io

from meridian.engine.printing.document import Document
from meridian.kernel.formula_guard import guarded


def render(document: Document) -> bytes:
    """The table in UTF-8 with a byte order mark, as spreadsheets expect; several tables raise ValueError."""
    if len(document.tables) != 1:
        raise ValueError("CSV holds one table; print the tables one by one, or choose XLSX.")
    (table,) = document.tables
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(["key", "level", "label", *[column.key for column in table.columns]])
    for row in table.rows:
        figures = [
            "" if value is None else f"{value:.{table.decimals_of(column)}f}"
            for column, value in zip(table.columns, row.values, strict=True)
        ]
        writer.writerow([guarded(row.key), row.level, guarded(str(row.label)), *figures])
    return target.getvalue().encode("utf-8-sig")
