"""A log as CSV, however it is delimited and quoted: each row with its line, broken ones with the reason."""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from zlib import crc32

from meridian.kernel.event_logs.faults import NotTheLog
from meridian.kernel.event_logs.lines import Said
from meridian.kernel.event_logs.mapping import LogMapping, check_attributes, split_state

DELIMITERS = (",", ";", "\t", "|", "^", "~", ":", "\x1f", "\x01", " ")
QUOTES = ('"', "'")
LONGEST_LINE = LONGEST_ROW = 1024 * 1024
LOOKED_AT = 64 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATOR_LINE = re.compile(r"""^"?sep=(.)"?\r?\n?$""", re.IGNORECASE)
SAID = (
    "number",
    "at",
    "state",
    "group",
    "owner",
    "line",
    "country",
    "product",
    "impact",
    "subject",
    "requester",
)


def _as_western(fault: UnicodeError) -> tuple[str, int]:
    """What is not UTF-8 was written in Windows-1252, or in Latin-1, as old desks' exports are."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    wrong = fault.object[fault.start : fault.end]
    return "".join(_western(byte) for byte in wrong), fault.end


def _western(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error("western", _as_western)


class Dialect(NamedTuple):
    """How cells are told apart."""

    delimiter: str
    quote: str
    escape: str | None


def read_csv(stream: io.RawIOBase, mapping: LogMapping, name: str) -> Iterator[Said]:
    """Every row of a CSV file as its words. A missing column raises `NotAMapping` before a row is read."""
    lines = _Lines(_text(stream), name)
    head = lines.look(LOOKED_AT)
    if "\0" in head:
        raise NotTheLog(f"{name} is neither a text nor an archive that can be unpacked.")
    if separated := SEPARATOR_LINE.match(lines.first()):
        next(lines)
        head = lines.look(LOOKED_AT)
    dialect = _dialect(head, mapping, separated[1] if separated else None)
    rows = _rows(lines, dialect)
    header = next(rows, None)
    if header is None or header.fault:
        raise NotTheLog(f"{name} has no header: its first line can't be read as names of columns.")
    columns = _columns(header.cells)
    state = split_state(mapping, columns)
    mapping = replace(mapping, state=state)
    check_attributes(mapping, columns, f"{name}'s header")
    places = {column: place for place, column in enumerate(columns)}
    wanted = [places[mapping.number], places[mapping.at]]
    states = [places[column] for column in state]
    optional = [places.get(mapping.named.get(key, "")) for key in SAID[3:]]
    width = len(columns)
    for row in rows:
        cells = row.cells
        if row.fault:
            yield Said(row.line, words=row.words, fault=row.fault)
        elif len(cells) != width and (len(cells) < width or any(cells[width:])):
            number = cells[wanted[0]] if wanted[0] < len(cells) else None
            fault = f"The line has {len(cells)} columns instead of {width}."
            yield Said(row.line, number, words=cells, fault=fault)
        else:
            said = "/".join(cells[place] for place in states) if len(states) > 1 else cells[states[0]]
            rest = [None if place is None else cells[place] for place in optional]
            mark = crc32("\x1f".join(cells).encode())
            yield Said._make((row.line, cells[wanted[0]], cells[wanted[1]], said, *rest, cells, "", mark))


class _Row(NamedTuple):
    line: int
    cells: list[str]
    words: str = ""
    fault: str = ""


def _rows(lines: "_Lines", dialect: Dialect) -> Iterator[_Row]:
    """The rows; one whose quotes don't close costs its first line and nothing after it."""
    while True:
        reader = csv.reader(
            lines,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            escapechar=dialect.escape,
            doublequote=True,
            strict=True,
        )
        try:
            while True:
                lines.begin()
                line = lines.number + 1
                cells = _next(reader)
                if cells:
                    yield _Row(line, cells)
        except StopIteration:
            return
        except csv.Error as fault:
            words = lines.give_back()
            yield _Row(line, [], words.rstrip("\r\n"), f"The line can't be read: {_told(fault)}.")


def _next(reader: Iterator[list[str]]) -> list[str]:
    # The bound is the whole process's, and whoever reads these rows may read other files between two of them.
    usual = csv.field_size_limit(LONGEST_ROW)
    try:
        return next(reader)
    finally:
        csv.field_size_limit(usual)


def _told(fault: csv.Error) -> str:
    said = str(fault)
    if "unexpected end" in said or "field larger" in said:
        return "a quotation mark that it opens isn't closed"
    return "its quotation marks are not where they belong" if "expected after" in said else said


class _Lines:
    """The lines of a text, none longer than can be borne; those of the row being read can be given back."""

    def __init__(self, text: io.TextIOBase, name: str) -> None:
        self._text, self._name = text, name
        self._ahead: deque[str] = deque()
        self._current: list[str] = []
        self._length = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        self._length += len(line)
        if self._current and self._length > LONGEST_ROW:
            self._current.append(line)
            raise csv.Error("field larger than a row may be")
        self._current.append(line)
        return line

    def begin(self) -> None:
        """A new row begins with the next line."""
        self._current, self._length = [], 0

    def give_back(self) -> str:
        """The first line of the row that failed; the others will be read again, as rows of their own."""
        first, *others = self._current or [""]
        self._ahead.extendleft(reversed(others))
        self.number -= len(others)
        self._current = []
        return first

    def first(self) -> str:
        return self._ahead[0] if self._ahead else ""

    def look(self, length: int) -> str:
        """About the next `length` characters, which stay to be read."""
        seen = sum(map(len, self._ahead))
        while seen < length and (line := self._read()):
            self._ahead.append(line)
            seen += len(line)
        return "".join(self._ahead)

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if len(line) >= LONGEST_LINE:
            at = self.number + len(self._ahead) + 1
            raise NotTheLog(f"Line {at} of {self._name} is longer than {LONGEST_LINE:,} characters.")
        return line


def _text(stream: io.RawIOBase) -> io.TextIOBase:
    buffered = io.BufferedReader(stream)
    beginning = buffered.peek(4)[:4]
    encoding = next((name for mark, name in MARKS if beginning.startswith(mark)), None)
    if encoding is None:
        encoding = _without_mark(beginning)
    return io.TextIOWrapper(
        buffered, encoding=encoding, errors="western" if "8" in encoding else "replace", newline=""
    )


def _without_mark(beginning: bytes) -> str:
    """UTF-16 without a mark shows itself by the empty half of its first letters."""
    if len(beginning) == 4 and beginning[1] == beginning[3] == 0 != beginning[0]:
        return "utf-16-le"
    if len(beginning) == 4 and beginning[0] == beginning[2] == 0 != beginning[1]:
        return "utf-16-be"
    return "utf-8"


def _dialect(head: str, mapping: LogMapping, separator: str | None) -> Dialect:
    """The delimiter and quotation mark under which the header holds most of what the mapping names."""
    best, best_score = Dialect(",", '"', None), (-1, -1)
    for quote in QUOTES:
        for delimiter in (separator,) if separator else DELIMITERS:
            try:
                header = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, quotechar=quote))
            except (StopIteration, csv.Error):
                continue
            columns = set(_columns(header))
            score = len(columns.intersection(mapping.attributes)), len(columns)
            if score > best_score:
                best, best_score = Dialect(delimiter, quote, None), score
    escapes = f"\\{best.quote}" in head and best.quote * 2 not in head
    return best._replace(escape="\\") if escapes else best


def _columns(header: Sequence[str]) -> list[str]:
    """The names of the columns; one that comes again is `category (2)`."""
    seen: dict[str, int] = {}
    names = []
    for cell in header:
        name = cell.strip()
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
