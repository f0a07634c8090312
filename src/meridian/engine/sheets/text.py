"""Bytes as text, and text as rows of cells: CSV with comma, semicolon, tab or bar, in Unicode."""

import codecs
import csv
import io

from meridian.engine.sheets import limits
from meridian.engine.sheets.cells import Cell, Row, Sheet
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.faults import gettext_noop as _

SEPARATORS = ",;\t|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE_BYTES = 4_000


def decoded(content: bytes, legacy: str = "") -> str:
    """The text: UTF-8, or UTF-16 with or without its mark; else `legacy`, an encoding, where one is given.

    Any other encoding can't be told from its neighbours, and a name read in the wrong one is
    damaged, so it is refused with its line.
    """
    if len(content) > limits.MOST_FILE_BYTES:
        raise Unreadable(
            _("The file is larger than %(most)s MB. Split it."), most=limits.MOST_FILE_BYTES // 1_000_000
        )
    mark, encoding = next(
        ((mark, name) for mark, name in MARKS if content.startswith(mark)), (b"", _unmarked(content))
    )
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as fault:
        text = _in_legacy(content, legacy, fault)
    if "\0" in text:
        raise Unreadable(
            _("Here stands a character that is no text (NUL). Save the file anew as CSV in UTF-8."),
            line=text.count("\n", 0, text.index("\0")) + 1,
        )
    return text


def _unmarked(content: bytes) -> str:
    """UTF-16 shows by the zero bytes of its separators, which stand on one side only."""
    sample = content[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even == odd or len(content) % 2:
        return "utf-8"
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    # A stray zero byte in another text would make nonsense of it: then its line ends are lost.
    text = content.decode(encoding, errors="replace")
    ends, parted = text.count("\n"), any(separator in text for separator in SEPARATORS)
    return encoding if 2 * ends >= content.count(b"\n") and (ends or parted) else "utf-8"


def _in_legacy(content: bytes, legacy: str, fault: UnicodeDecodeError) -> str:
    if legacy and b"\0" not in content:
        try:
            return content.decode(legacy)
        except UnicodeDecodeError:
            pass
    line = fault.object.count(b"\n", 0, fault.start) + 1
    raise Unreadable(
        _("The text is not in UTF-8, so its letters can't be told for certain. Save it as “CSV UTF-8”."),
        line=line,
    ) from fault


def read_csv(content: bytes, legacy: str = "") -> Sheet:
    """The one sheet of a CSV file."""
    return sheet_of(decoded(content, legacy))


def sheet_of(text: str) -> Sheet:
    """The rows of a text, whose separator is the one that its first line has most of."""
    first, separator = 0, ""
    if text[:4].lower() == "sep=" and text[4:5] and text[5:6] in ("\n", "\r"):
        # What Excel writes and wants to find.
        separator, text, first = text[4], text[5:].lstrip("\r\n"), 1
    separator = separator or _separator(text)
    if text.count(separator) > 4 * limits.MOST_CELLS:
        raise _too_many_cells()
    return Sheet("", _rows(text, separator, first))


def _separator(text: str) -> str:
    begun = text.lstrip("\r\n \ufeff")
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for character in begun[: limits.MOST_CELL_CHARACTERS]:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "\r\n":
            break
        elif not quoted and character in counts:
            counts[character] += 1
    return max(SEPARATORS, key=counts.__getitem__)


def _rows(text: str, separator: str, first: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    cells, before = 0, 0
    # The bound is the whole process's: other readers keep theirs.
    usual = csv.field_size_limit(limits.MOST_CELL_CHARACTERS)
    try:
        for texts in reader:
            line, before = first + before + 1, reader.line_num
            found = {at: Cell(word) for at, word in enumerate(texts, 1) if word}
            cells += len(found)
            _check(line, len(found), cells, len(rows))
            if found:
                rows.append(Row(line, found, len(texts)))
    except csv.Error as fault:
        raise _explained(fault, first + before + 1) from fault
    finally:
        csv.field_size_limit(usual)
    return rows


def _check(line: int, width: int, cells: int, rows: int) -> None:
    if width > limits.MOST_COLUMNS:
        raise Unreadable(_("A line has at most %(most)s cells."), line=line, most=limits.MOST_COLUMNS)
    if cells > limits.MOST_CELLS:
        raise _too_many_cells()
    if rows >= limits.MOST_ROWS:
        raise Unreadable(_("A file has at most %(most)s lines. Split it."), most=limits.MOST_ROWS)


def _too_many_cells() -> Unreadable:
    return Unreadable(_("A file has at most %(most)s filled cells. Split it."), most=limits.MOST_CELLS)


def _explained(fault: csv.Error, line: int) -> Unreadable:
    if "field larger" in str(fault):
        return Unreadable(
            _("A cell holds more than %(most)s characters, or its quotation mark is never closed."),
            line=line,
            most=limits.MOST_CELL_CHARACTERS,
        )
    return Unreadable(
        _("A quotation mark stands wrong in this line: a quoted cell ends with one, and doubles it inside."),
        line=line,
    )
