"""Documents as XLSX: a sheet for each table, sums as live formulas, the narrative on a first sheet.

Columns A and B of a table (hidden) hold the key and the level of each row, so that a
program reads the sheet without guessing. Arabic sheets run from right to left.
"""

import io
import re
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from meridian.engine.printing.document import Document, Heading
from meridian.engine.printing.numbers import direction
from meridian.engine.tables.table import Column, Figure, Row, RowKind, Table, summands
from meridian.engine.tables.totals import percentage

KEY_COLUMN, LEVEL_COLUMN, LABEL_COLUMN, FIRST_FIGURE = 0, 1, 2, 3
TITLE_ROW, UNIT_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 3, 4
FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
FONT = "Noto Sans"


def render(document: Document) -> bytes:
    """The workbook; formulas carry their values, so that readers who do not calculate see them."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": str(document.title), "comments": document.language})
    book = _Book(workbook, document)
    if any(not isinstance(part, Table) for part in document.parts):
        book.write_narrative()
    for table in document.tables:
        book.write_table(table)
    workbook.close()
    return target.getvalue()


class _Book:
    """The workbook being written: its formats and the sheet names in use."""

    def __init__(self, workbook: xlsxwriter.Workbook, document: Document) -> None:
        self.workbook = workbook
        self.document = document
        self.names: set[str] = set()
        self.formats: dict[tuple, Any] = {}

    def write_narrative(self) -> None:
        sheet = self._sheet(str(self.document.title) or "Text")
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, str(self.document.title), self._format(bold=True, font_size=14))
        line = 2
        for part in self.document.parts:
            if isinstance(part, Table):
                text, style = self.document.caption(part), self._format(italic=True)
            elif isinstance(part, Heading):
                text, style = str(part.text), self._format(bold=True)
            else:
                number = "" if part.number is None else f"{part.number}. "
                text, style = f"{number}{part.text}", self._format(text_wrap=True, valign="top")
            sheet.write_string(line, 0, text, style)
            line += 1

    def write_table(self, table: Table) -> None:
        sheet = self._sheet(table.name)
        sheet.write_string(TITLE_ROW, LABEL_COLUMN, self.document.caption(table), self._format(bold=True))
        sheet.write_string(UNIT_ROW, LABEL_COLUMN, f"({table.unit})", self._format(italic=True))
        head = self._format(bold=True, bottom=1, text_wrap=True, align="right")
        for place, text in (
            (KEY_COLUMN, "key"),
            (LEVEL_COLUMN, "level"),
            (LABEL_COLUMN, str(table.row_heading)),
        ):
            sheet.write_string(HEAD_ROW, place, text, self._format(bold=True, bottom=1))
        for index, column in enumerate(table.columns, FIRST_FIGURE):
            sheet.write_string(HEAD_ROW, index, str(column.label), head)
        sums = summands(table.rows)
        for index in range(len(table.rows)):
            self._write_row(sheet, table, index, sums.get(index))
        sheet.set_column(KEY_COLUMN, LEVEL_COLUMN, 10, None, {"hidden": True})
        sheet.set_column(LABEL_COLUMN, LABEL_COLUMN, 44)
        sheet.set_column(FIRST_FIGURE, FIRST_FIGURE + len(table.columns) - 1, 14)
        sheet.freeze_panes(FIRST_ROW, FIRST_FIGURE)
        sheet.repeat_rows(HEAD_ROW)
        sheet.fit_to_pages(1, 0)
        for line, (mark, text) in enumerate(table.notes, FIRST_ROW + len(table.rows) + 1):
            sheet.write_rich_string(line, LABEL_COLUMN, self._format(font_script=1), mark, " ", str(text))

    def _write_row(self, sheet: Any, table: Table, index: int, parts: list[int] | None) -> None:
        row, line = table.rows[index], FIRST_ROW + index
        strong = row.kind is not RowKind.LINE
        sheet.write_string(line, KEY_COLUMN, row.key)
        sheet.write_number(line, LEVEL_COLUMN, row.level)
        label = self._format(bold=strong, indent=max(0, row.level - 1), top=int(strong))
        if row.marks:
            marks = ", ".join(row.marks)
            sheet.write_rich_string(
                line, LABEL_COLUMN, str(row.label), self._format(font_script=1), marks, label
            )
        else:
            sheet.write_string(line, LABEL_COLUMN, str(row.label), label)
        for place, (column, value) in enumerate(zip(table.columns, row.values, strict=True), FIRST_FIGURE):
            notes = row.figure_marks.get(column.key)
            style = self._format(
                bold=strong, top=int(strong), num_format=_number_format(table.decimals_of(column))
            )
            formula = _formula(table, row, line, column, parts)
            if value is None:
                sheet.write_string(
                    line, place, "..", self._format(bold=strong, top=int(strong), align="right")
                )
            elif formula:
                sheet.write_formula(line, place, formula, style, float(value))
            else:
                sheet.write_number(line, place, value, style)
            if notes:
                sheet.write_comment(line, place, ", ".join(notes))

    def _sheet(self, wanted: str) -> Any:
        base = FORBIDDEN_IN_SHEET_NAME.sub(" ", wanted)[:31].strip() or "Table"
        name, count = base, 1
        while name.lower() in self.names:
            count += 1
            name = f"{base[: 30 - len(str(count))]} {count}"
        self.names.add(name.lower())
        sheet = self.workbook.add_worksheet(name)
        if direction(self.document.language) == "rtl":
            sheet.right_to_left()
        return sheet

    def _format(self, **facets: Any) -> Any:
        key = tuple(sorted(facets.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({"font_name": FONT, "font_size": 10, **facets})
        return self.formats[key]


def _number_format(decimals: int) -> str:
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits}_);({digits});"–"_)'


def _formula(table: Table, row: Row, line: int, column: Column, parts: list[int] | None) -> str:
    """The live formula of a cell, or nothing for a fact.

    A percentage that the printed figures do not give exactly stays a figure, because it was
    made from unrounded amounts.
    """

    def cell(key: str) -> str:
        return xl_rowcol_to_cell(line, FIRST_FIGURE + table.place(key))

    if column.percent_of:
        part, whole = (row.values[table.place(key)] for key in column.percent_of)
        decimals = table.decimals_of(column)
        value: Figure = row.values[table.place(column.key)]
        if part is None or whole is None or value != percentage(part, whole, decimals):
            return ""
        return f"=ROUND(100*{cell(column.percent_of[0])}/{cell(column.percent_of[1])},{decimals})"
    if column.terms:
        return "=" + "".join(("+" if sign > 0 else "-") + cell(key) for key, sign in column.terms)
    if parts:
        place = FIRST_FIGURE + table.place(column.key)
        return f"=SUM({','.join(_ranges(parts, place))})"
    return ""


def _ranges(parts: list[int], place: int) -> list[str]:
    """Cell ranges of the rows in `parts`, neighbours joined."""
    ranges: list[list[int]] = []
    for part in parts:
        if ranges and part == ranges[-1][1] + 1:
            ranges[-1][1] = part
        else:
            ranges.append([part, part])
    return [
        f"{xl_rowcol_to_cell(FIRST_ROW + first, place)}:{xl_rowcol_to_cell(FIRST_ROW + last, place)}"
        for first, last in ranges
    ]
