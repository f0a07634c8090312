"""The sheets of an XLSX workbook in one pass: cells with their kinds, and which of them are merged."""

from meridian.engine.sheets import limits
from meridian.engine.sheets.cells import Cell, Kind, Row, Sheet, column_of
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.faults import gettext_noop as _
from meridian.engine.sheets.formats import KNOWN_FORMATS, number_cell
from meridian.engine.sheets.package import Package, damaged, unescaped


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet of cells in its order; formulas by the values that the workbook keeps."""
    if len(content) > limits.MOST_FILE_BYTES:
        raise Unreadable(
            _("The file is larger than %(most)s MB. Split it."), most=limits.MOST_FILE_BYTES // 1_000_000
        )
    package = Package(content)
    place = package.workbook()
    listed, from_1904 = _listed(package, place)
    relations = package.relations(place)
    targets = {kind.rsplit("/", 1)[-1]: target for kind, target in relations.values()}
    strings = _strings(package, targets.get("sharedStrings", ""))
    codes = _codes(package, targets.get("styles", ""))
    reader = _Reader(package, strings, codes, from_1904)
    return [
        reader.sheet(name, relations[mark][1], hidden)
        for name, mark, hidden in listed
        if relations.get(mark, ("", ""))[0].endswith("/worksheet")
    ]


def _listed(package: Package, place: str) -> tuple[list[tuple[str, str, bool]], bool]:
    """Name, mark and hiddenness of each sheet, and whether days are counted from 1904."""
    listed: list[tuple[str, str, bool]] = []
    from_1904 = False

    def start(element: str, facets: dict[str, str]) -> None:
        nonlocal from_1904
        if element == "workbookPr":
            from_1904 = facets.get("date1904", "0") in ("1", "true")
        elif element == "sheet":
            mark = next((text for name, text in facets.items() if name.endswith(":id")), "")
            listed.append((facets.get("name", ""), mark, facets.get("state", "visible") != "visible"))

    package.parse(place, start, lambda _name: None)
    if len(listed) > limits.MOST_SHEETS:
        raise Unreadable(_("A workbook has at most %(most)s sheets."), most=limits.MOST_SHEETS)
    return listed, from_1904


def _strings(package: Package, place: str) -> list[str]:
    """The texts that cells share."""
    if not package.has(place):
        return []
    strings: list[str] = []
    pieces = _Pieces()

    def end(element: str) -> None:
        pieces.end(element)
        if element == "si":
            strings.append(pieces.taken())
            if len(strings) > limits.MOST_CELLS:
                raise too_many_cells()

    package.parse(place, lambda element, _facets: pieces.start(element), end, pieces.text)
    return strings


def _codes(package: Package, place: str) -> list[str]:
    """The number format of each style of cells."""
    if not package.has(place):
        return []
    own: dict[str, str] = {}
    codes: list[str] = []
    among_cells = False

    def start(element: str, facets: dict[str, str]) -> None:
        nonlocal among_cells
        if element == "numFmt":
            own[facets.get("numFmtId", "")] = facets.get("formatCode", "")
        elif element == "cellXfs":
            among_cells = True
        elif element == "xf" and among_cells:
            number = facets.get("numFmtId", "0")
            known = KNOWN_FORMATS.get(int(number), "") if number.isdecimal() and len(number) < 9 else ""
            codes.append(own.get(number, known))

    def end(element: str) -> None:
        nonlocal among_cells
        among_cells = among_cells and element != "cellXfs"

    package.parse(place, start, end)
    return codes


def too_many_cells() -> Unreadable:
    return Unreadable(_("A file has at most %(most)s filled cells. Split it."), most=limits.MOST_CELLS)


class _Pieces:
    """Gathers the text of `t` elements, leaving out how a word is spoken (`rPh`)."""

    def __init__(self) -> None:
        self._left = limits.MOST_CHARACTERS
        self._pieces: list[str] = []
        self._open = self._spoken = False
        self._length = 0

    def start(self, element: str) -> None:
        if element == "rPh":
            self._spoken = True
        elif element == "t":
            self._open = not self._spoken

    def end(self, element: str) -> None:
        if element == "rPh":
            self._spoken = False
        elif element == "t":
            self._open = False

    def text(self, piece: str) -> None:
        if self._open:
            self._pieces.append(piece)
            self._length += len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise Unreadable(
                    _("The texts of the workbook have more than %(most)s characters. Split it."),
                    most=limits.MOST_CHARACTERS,
                )
            if self._length > limits.MOST_CELL_CHARACTERS:
                raise Unreadable(
                    _("A cell holds more than %(most)s characters."), most=limits.MOST_CELL_CHARACTERS
                )

    def taken(self) -> str:
        text = unescaped("".join(self._pieces))
        self._pieces.clear()
        self._length = 0
        return text


class _Reader:
    """Reads sheets; what all of them hold together is bounded."""

    def __init__(self, package: Package, strings: list[str], codes: list[str], from_1904: bool) -> None:
        self._package, self._strings, self._codes, self._from_1904 = package, strings, codes, from_1904
        self._cells = self._filled_rows = 0
        self._pieces = _Pieces()

    def sheet(self, name: str, place: str, hidden: bool) -> Sheet:
        self._rows: list[Row] = []
        self._merged: list[str] = []
        self._found: dict[int, Cell] = {}
        self._line = self._column = 0
        self._in_row = self._in_value = self._has_formula = False
        self._facets: dict[str, str] = {}
        self._value: list[str] = []
        try:
            self._package.parse(place, self._start, self._end, self._text)
        except Unreadable as fault:
            fault.sheet = name
            raise
        return Sheet(name, self._rows, tuple(self._merged), hidden, lettered=True)

    def _start(self, element: str, facets: dict[str, str]) -> None:
        if element == "c":
            self._begin_cell(facets)
        elif element == "v":
            self._in_value = True
        elif element == "f":
            self._has_formula = True
        elif element == "row":
            self._begin_row(facets.get("r", ""))
        elif element == "mergeCell":
            self._merged.append(facets.get("ref", ""))
        else:
            self._pieces.start(element)

    def _begin_row(self, number: str) -> None:
        line = int(number) if number.isdecimal() and len(number) < 9 else self._line + 1
        if line <= self._line:
            raise damaged()
        self._line, self._column, self._found = line, 0, {}

    def _begin_cell(self, facets: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > limits.MOST_CELLS:
            raise too_many_cells()
        column = column_of(facets["r"]) if "r" in facets else self._column + 1
        if column <= self._column:
            raise damaged()
        self._column, self._facets = column, facets
        self._value.clear()
        self._has_formula = False

    def _text(self, piece: str) -> None:
        if self._in_value:
            self._value.append(piece)
        else:
            self._pieces.text(piece)

    def _end(self, element: str) -> None:
        if element == "v":
            self._in_value = False
        elif element == "c":
            self._end_cell()
        elif element == "row":
            self._end_row()
        else:
            self._pieces.end(element)

    def _end_cell(self) -> None:
        cell = self._cell(self._facets.get("t", "n"), "".join(self._value), self._pieces.taken())
        if cell is None:
            return
        if self._column > limits.MOST_COLUMNS:
            raise Unreadable(
                _("A line has at most %(most)s cells."), line=self._line, most=limits.MOST_COLUMNS
            )
        self._found[self._column] = cell

    def _cell(self, kind: str, value: str, inline: str) -> Cell | None:
        if self._has_formula and not value and kind not in ("str", "inlineStr"):
            return Cell("", Kind.FORMULA)
        if kind == "inlineStr":
            return Cell(inline) if inline else None
        if kind == "str":
            return Cell(unescaped(value)) if value else None
        if not value.strip():
            return None
        if kind == "s":
            return self._shared(value)
        if kind == "n":
            return number_cell(value, self._code(), from_1904=self._from_1904)
        if kind == "b":
            return Cell("true" if value.strip() == "1" else "false", Kind.BOOLEAN)
        return Cell(value, Kind.DATE if kind == "d" else Kind.ERROR)

    def _shared(self, value: str) -> Cell | None:
        place = value.strip()
        if not place.isdecimal() or len(place) > 9 or int(place) >= len(self._strings):
            raise damaged()
        text = self._strings[int(place)]
        return Cell(text) if text else None

    def _code(self) -> str:
        style = self._facets.get("s", "0")
        known = style.isdecimal() and len(style) < 9 and int(style) < len(self._codes)
        return self._codes[int(style)] if known else ""

    def _end_row(self) -> None:
        if not self._found:
            return
        self._filled_rows += 1
        if self._filled_rows > limits.MOST_ROWS:
            raise Unreadable(_("A file has at most %(most)s lines. Split it."), most=limits.MOST_ROWS)
        self._rows.append(Row(self._line, self._found))
