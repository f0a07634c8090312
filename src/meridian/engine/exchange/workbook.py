"""A workbook of one sheet, written row by row without holding them: texts, and figures for people."""

import datetime
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import IO, NamedTuple
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.sheets.cells import letters

MOST_LINES, MOST_UNITS = 1_048_576, 32_767
# What XML can't hold, and what would be read as the escape of such a character.
SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PLAIN = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
REST = 'fontId="0" fillId="0" borderId="0"'
# Formats that each spreadsheet shows in the notation of its owner; beyond 15 digits it would lose some.
SHAPES = {"plain": 0, "grouped": 2, "amount": 3, "day": 4, "instant": 5}
MOST_DIGITS = 15
FIRST_DAY, EPOCH = datetime.date(1900, 3, 1), datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Rows" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # The second format is “Text”: a number typed over such a cell keeps its leading zeros.
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf {PLAIN}/></cellStyleXfs><cellXfs count="6"><xf {PLAIN} xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    + "".join(f'<xf numFmtId="{number}" {REST} xfId="0" applyNumberFormat="1"/>' for number in (3, 4, 14, 22))
    + "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
HEAD = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView%s workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "%s<sheetData>"
)
TAIL = "</sheetData>%s</worksheet>"
# The name of the sheet of a file for people: by it whoever sends such a file in learns which one to take.
READING_SHEET = "To read"
MEASURED_ROWS, LEAST_WIDTH, MOST_WIDTH = 200, 9, 60
SHAPE_WIDTHS = {"day": 12, "instant": 18}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Figure(NamedTuple):
    """A number, a day or an instant that a spreadsheet may reckon with; `shape` is one of `SHAPES`."""

    value: Decimal | datetime.date
    shape: str


def write_workbook(
    stream: IO[bytes], rows: Iterable[Sequence[str | Figure]], *, read: bool = False, mirrored: bool = False
) -> None:
    """Write the rows, the titles first; what a workbook can't hold is refused with its place.

    A sheet that is `read` by people is named so, its columns have their width and its headings a filter.
    """
    direction = ' rightToLeft="1"' if mirrored else ""
    rows, widths = _measured(rows) if read else (rows, [])
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            text = text.replace('name="Rows"', f'name="{READING_SHEET}"') if read else text
            archive.writestr(name, DECLARATION + text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((DECLARATION + HEAD % (direction, _columns(widths))).encode())
            line = 1
            for line, row in enumerate(rows, 1):
                if line > MOST_LINES:
                    raise Refusal(
                        _("A workbook holds at most 1,048,575 rows. Narrow the list, or take CSV or JSON.")
                    )
                cells = (_cell(line, column, text) for column, text in enumerate(row, 1) if text)
                sheet.write(f'<row r="{line}">{"".join(cells)}</row>'.encode())
            found = f'<autoFilter ref="A1:{letters(len(widths))}{line}"/>' if widths else ""
            sheet.write((TAIL % found).encode())


def _measured(
    rows: Iterable[Sequence[str | Figure]],
) -> tuple[Iterable[Sequence[str | Figure]], list[int]]:
    """The rows, and how wide the first of them make each column."""
    left = iter(rows)
    first = list(islice(left, MEASURED_ROWS))
    columns = zip(*first, strict=False)
    widths = [min(MOST_WIDTH, max(LEAST_WIDTH, *map(_width, column), 0) + 2) for column in columns]
    return chain(first, left), widths


def _width(told: str | Figure) -> int:
    if isinstance(told, str):
        return len(told)
    return SHAPE_WIDTHS.get(told.shape) or len(str(told.value)) * 4 // 3


def _columns(widths: Sequence[int]) -> str:
    columns = (
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in enumerate(widths, 1)
    )
    return f"<cols>{''.join(columns)}</cols>" if widths else ""


def _cell(line: int, column: int, told: str | Figure) -> str:
    place = f"{letters(column)}{line}"
    text = told if isinstance(told, str) else _digits(told)
    if not isinstance(told, str) and text:
        return f'<c r="{place}" s="{SHAPES[told.shape]}"><v>{text}</v></c>'
    text = text or str(told[0])
    if len(text) * 2 > MOST_UNITS and len(text.encode("utf-16-le")) > 2 * MOST_UNITS:
        raise Refusal(
            _("Cell %(place)s has more than the 32,767 characters that a workbook holds. Take CSV or JSON.")
            % {"place": place}
        )
    held = SPECIAL.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text))
    kept = ' xml:space="preserve"' if held != held.strip() else ""
    return f'<c r="{place}" s="1" t="inlineStr"><is><t{kept}>{held}</t></is></c>'


def _digits(figure: Figure) -> str:
    """The figure as a workbook keeps it; empty for one that it can't keep exactly."""
    value = figure.value
    if isinstance(value, datetime.datetime):
        # A workbook knows no zones: it keeps what the clock of the reader shows.
        shown = value.replace(tzinfo=datetime.UTC) - EPOCH
        return str(shown / datetime.timedelta(days=1)) if value.date() >= FIRST_DAY else ""
    if isinstance(value, datetime.date):
        return str((value - EPOCH.date()).days) if value >= FIRST_DAY else ""
    return f"{value:f}" if len(value.as_tuple().digits) <= MOST_DIGITS else ""
