"""The cells of a submitted table: each is read as a figure, left as words, or named as unread.

A cell that is meant as a figure and has no reading is never taken for a label: what stands in
it is kept with the reason, and whoever reads the table names it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from meridian.engine.sheets.cells import Cell, Kind
from meridian.kernel.notation import NEUTRAL, Notation, Unread, notation_of
from meridian.kernel.notation.figures import read_figure
from meridian.kernel.notation.signs import MARKS, plain

NIL = {"–", "—", "-", "−", "nil"}
ABSENT = {"", "..", "...", "…", "n/a", "na", "n.a."}
FOOTNOTE = re.compile(r"(?<=[\d)٠-٩])\s?([a-h]|\*+|[a-h]/)$")
ERROR = re.compile(r"#(REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)", re.IGNORECASE)
FORMULA = re.compile(r"=\s*[\w$('\"+\-]")
# Digits with nothing about them but signs, separators, a currency or an exponent.
MEANT = re.compile(r"[\s(+\-]*\d[\d\s.,'٬٫·_]*(?:[eE]\s?[+-]?\s?\d+)?[\s)%‰+\-]*")
CODE_BESIDE = re.compile(r"^[A-Z]{3}(?![A-Za-z])|(?<![A-Za-z])[A-Z]{3}$")
POINT, COMMA = notation_of("en"), notation_of("fr")
NO_VALUE = "(formula)"

WORKBOOK_ERROR = "an error of the workbook stands where a figure should"
NO_RESULT = "the file does not keep what the formula gives"
TWO_RULES = "the decimal sign is not that of the other figures of the table"
NO_FIGURE = "this is no figure"
NO_HEADING = "no heading stands above it"
NO_TABLE = "it stands outside of any table with headings"


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as it was read: its text, its figure, and why there is none where one is meant."""

    text: str = ""
    value: Decimal | None = None
    decimals: int = 0
    why: str = ""


NOTHING = Entry()


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell that could not be read, with its place: `column` is the heading, or the number from 1."""

    file: str
    sheet: str
    line: int
    column: str
    text: str
    why: str


def read_cell(cell: Cell, notation: Notation) -> Entry:
    """The cell of a file; numbers of a workbook need no language."""
    text = cell.text.strip()
    if cell.kind is Kind.FORMULA:
        return Entry(text or NO_VALUE, why=NO_RESULT)
    if cell.kind is Kind.ERROR:
        return Entry(text, why=WORKBOOK_ERROR)
    if cell.kind is Kind.NUMBER:
        found = read_figure(text, notation_of(NEUTRAL))
        value = found.value * 100 if cell.is_percent else found.value
        shown = f"{value.normalize():f}"
        return Entry(shown, value, len(shown.partition(".")[2]))
    return read_text_cell(text, notation)


def read_text_cell(text: str, notation: Notation = POINT) -> Entry:
    """What stands in a cell of text: brackets and a leading minus make it negative, nil is zero."""
    if text.lower() in NIL:
        return Entry(text, Decimal(0))
    if text.lower() in ABSENT:
        return Entry(text)
    if ERROR.fullmatch(text):
        return Entry(text, why=WORKBOOK_ERROR)
    if FORMULA.match(text):
        return Entry(text, why=NO_RESULT)
    try:
        found = read_figure(FOOTNOTE.sub("", text), notation)
    except Unread as fault:
        return Entry(text, why=str(fault) if is_meant(text) else "")
    if found.point and found.point != notation.point:
        return Entry(text, why=TWO_RULES)
    return Entry(text, found.value, found.decimals)


def is_meant(text: str) -> bool:
    """Whether a text without a reading was meant as a figure: digits and signs, and nothing else."""
    try:
        shown = plain(FOOTNOTE.sub("", text))
    except Unread:
        return any(map(str.isdecimal, text)) and not any(map(str.isalpha, text))
    shown = CODE_BESIDE.sub("", shown)
    for _kind, mark, _meaning in MARKS:
        if len(mark) > 1 or not mark.isascii() or mark == "$":
            shown = shown.replace(mark, "")
    return MEANT.fullmatch(shown.strip()) is not None


def notation_among(cells: Iterable[Cell]) -> Notation:
    """By whose rules the figures of a table are written: the decimal sign that more of them tell."""
    told = {".": 0, ",": 0}
    for cell in cells:
        if cell.kind is Kind.TEXT:
            point = _point_of(cell.text)
            if point:
                told[point] += 1
    return COMMA if told[","] > told["."] else POINT


def _point_of(text: str) -> str:
    """The decimal sign of a figure that only has one reading by either language's rules."""
    try:
        found = [read_figure(FOOTNOTE.sub("", text.strip()), one) for one in (POINT, COMMA)]
    except Unread:
        return ""
    first, second = found
    return first.point if first.value == second.value and first.point == second.point else ""


def padded(entries: Sequence[Entry], width: int) -> tuple[Entry, ...]:
    return tuple([*entries, *[NOTHING] * width][:width])
