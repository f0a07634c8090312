"""The one table of a file: lines of cells under headings, each cell certain or named as a fault."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from meridian.engine.sheets.cells import Cell, Kind, Row, Sheet
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.faults import gettext_noop as _
from meridian.engine.sheets.reading import kind_of, read_sheets
from meridian.engine.sheets.records import read_records

MOST_FAULTS = 200
MOST_NAMES_SHOWN = 12
EMPTY = Cell("")
NO_TEXT = re.compile("[\0\ud800-\udfff]")
UNREAD = {
    Kind.ERROR: _("The cell shows an error (%(text)s). Mend its formula or type the value."),
    Kind.FORMULA: _(
        "The file does not keep what comes out of this formula. Save it from a spreadsheet program,"
        " or type the value."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number in the file and its cells by heading, empty ones too.

    An object of a JSON file has only the names that it gives.
    """

    number: int
    cells: Mapping[str, Cell]


@dataclass(slots=True)
class Table:
    """`faults` are the cells that can't be read for certain; whoever takes the table in must look at them.

    `sheet` is the name of the workbook's sheet that it stands in, if it does.
    """

    headings: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    faults: list[Unreadable] = field(default_factory=list)
    sheet: str = ""

    def add(self, line: Line) -> None:
        """Take a line in, and name those of its cells that can't be read."""
        self.lines.append(line)
        for heading, cell in line.cells.items():
            sentence = UNREAD.get(cell.kind)
            if sentence is None and NO_TEXT.search(cell.text):
                sentence = _("The cell holds a character that is no text.")
            if sentence is not None:
                self.fault(Unreadable(sentence, line=line.number, column=heading, text=cell.text[:40]))

    def fault(self, fault: Unreadable) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def read_table(name: str, content: bytes, sheet: str = "") -> Table:
    """The table of a CSV, XLSX or JSON file; `sheet` says which, where a workbook has several.

    Raises Unreadable for what is no one table: no headings, two alike, several sheets, merged cells.
    """
    if kind_of(name) == "json":
        return _of_records(content)
    if kind_of(name) not in ("csv", "xlsx"):
        raise Unreadable(_("%(name)s is no CSV, XLSX or JSON file: its name must end so."), name=name[:80])
    return table_of(_chosen(read_sheets(name, content), sheet))


def table_of(sheet: Sheet) -> Table:
    """The table of a sheet whose first line that is not blank holds the headings."""
    rows = [row for row in sheet.rows if not row.is_blank]
    if not rows:
        raise Unreadable(_("There is nothing in it. The first line holds the headings."), sheet=sheet.name)
    if sheet.merged:
        raise Unreadable(
            _("The cells %(ranges)s are merged: to which line and column they belong is unclear. Part them."),
            sheet=sheet.name,
            ranges=_shown(sheet.merged),
        )
    heads = _headings(sheet, rows)
    table = Table(list(heads.values()), sheet=sheet.name)
    for row in rows[1:]:
        _check_width(table, sheet, row, rows[0])
        cells = {heading: row.cells.get(at, EMPTY) for at, heading in heads.items()}
        table.add(Line(row.line, cells))
        for at in row.cells.keys() - heads.keys():
            if row.cells[at].text.strip() or row.cells[at].kind is not Kind.TEXT:
                table.fault(
                    Unreadable(
                        _("“%(text)s” stands under no heading. Give the column one, or empty it."),
                        line=row.line,
                        column=sheet.column(at),
                        text=row.cells[at].text[:40],
                    )
                )
    return table


def _headings(sheet: Sheet, rows: Sequence[Row]) -> dict[int, str]:
    """The headings by their column; two alike, or one that can't be read, is refused."""
    first = rows[0]
    heads = {at: cell.text.strip() for at, cell in first.cells.items() if cell.text.strip()}
    for at, cell in first.cells.items():
        if cell.kind not in (Kind.TEXT, Kind.NUMBER) or NO_TEXT.search(cell.text):
            raise Unreadable(
                _("The heading can't be read as text (%(kind)s)."),
                line=first.line,
                column=sheet.column(at),
                kind=cell.kind.value,
            )
    for heading, count in Counter(heads.values()).items():
        if count > 1:
            places = [sheet.column(at) for at, text in sorted(heads.items()) if text == heading]
            raise Unreadable(
                _("%(count)s columns are headed “%(heading)s” (%(places)s). Keep one of them."),
                line=first.line,
                count=count,
                heading=heading[:80],
                places=_shown(places),
            )
    return dict(sorted(heads.items()))


def _check_width(table: Table, sheet: Sheet, row: Row, first: Row) -> None:
    """A line of a text with fewer cells than headings has lost one somewhere, and the rest has moved."""
    if row.width is None or first.width is None or row.width >= first.width:
        return
    # Trailing separators without headings may be absent.
    if row.width < max(first.cells):
        table.fault(
            Unreadable(
                _("The line has fewer cells (%(cells)s) than headings (%(headings)s): part empty ones too."),
                line=row.line,
                cells=row.width,
                headings=first.width,
            )
        )


def _chosen(sheets: list[Sheet], wanted: str) -> Sheet:
    """The one sheet that holds something, or the one that is asked for."""
    filled = [sheet for sheet in sheets if any(not row.is_blank for row in sheet.rows)]
    names = _shown([sheet.name for sheet in filled])
    if wanted:
        found = next((sheet for sheet in filled if sheet.name == wanted.strip()), None)
        if found is None:
            raise Unreadable(
                _("The workbook has no sheet “%(wanted)s” with cells. It has %(names)s."),
                wanted=wanted[:80],
                names=names or "–",
            )
        return found
    seen = [sheet for sheet in filled if not sheet.hidden] or filled
    if not seen:
        raise Unreadable(_("There is nothing in the file. The first line holds the headings."))
    if len(seen) > 1:
        raise Unreadable(
            _("The workbook has several sheets with cells: %(names)s. Say which one to read."), names=names
        )
    return seen[0]


def _of_records(content: bytes) -> Table:
    headings: dict[str, None] = {}
    table = Table()
    for number, record in read_records(content):
        headings.update(dict.fromkeys(record))
        table.add(Line(number, record))
    table.headings = list(headings)
    return table


def _shown(names: Sequence[str]) -> str:
    shown = ", ".join(name[:60] for name in names[:MOST_NAMES_SHOWN])
    return f"{shown} …" if len(names) > MOST_NAMES_SHOWN else shown
