"""A list of objects in JSON, one after the other with the line on which each begins."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from meridian.engine.sheets import limits
from meridian.engine.sheets.cells import Cell, Kind
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.faults import gettext_noop as _
from meridian.engine.sheets.text import decoded

SPACE = re.compile(r"[ \t\r\n]*")


class _Figure(str):
    """A number as it is written, so that no digit of it is lost."""

    __slots__ = ()


class _Twice(ValueError):
    """An object that gives a name twice."""


def read_records(content: bytes) -> Iterator[tuple[int, dict[str, Cell]]]:
    """The line and the cells of each object of the list; `null` is an empty cell."""
    text = decoded(content)
    if text.count("[") + text.count("{") + text.count(",") > 4 * limits.MOST_CELLS:
        raise Unreadable(_("A file has at most %(most)s filled cells. Split it."), most=limits.MOST_CELLS)
    decoder = json.JSONDecoder(
        object_pairs_hook=_pairs, parse_int=_Figure, parse_float=_Figure, parse_constant=_no_number
    )
    at = _expect(text, _past_space(text, 0), "[")
    at = _past_space(text, at)
    line, counted, rows, cells = 1, 0, 0, 0
    is_first = True
    while text[at : at + 1] != "]":
        if not is_first:
            at = _past_space(text, _expect(text, at, ","))
        line += text.count("\n", counted, at)
        counted, is_first = at, False
        record, at = _record(decoder, text, at, line)
        rows, cells = rows + 1, cells + len(record)
        if rows > limits.MOST_ROWS:
            raise Unreadable(_("A file has at most %(most)s lines. Split it."), most=limits.MOST_ROWS)
        if cells > limits.MOST_CELLS:
            raise Unreadable(_("A file has at most %(most)s filled cells. Split it."), most=limits.MOST_CELLS)
        yield line, record
        at = _past_space(text, at)
    if _past_space(text, at + 1) < len(text):
        raise _no_list(text, at + 1)


def _record(decoder: json.JSONDecoder, text: str, at: int, line: int) -> tuple[dict[str, Cell], int]:
    try:
        found, end = decoder.raw_decode(text, at)
    except json.JSONDecodeError as fault:
        raise Unreadable(
            _("This is not whole JSON. Mend the file at this line."), line=fault.lineno
        ) from fault
    except _Twice as fault:
        raise Unreadable(
            _("The name “%(name)s” is given twice in one object. Keep one of them."),
            line=line,
            name=str(fault)[:80],
        ) from fault
    except ValueError as fault:
        raise Unreadable(_("Here stands NaN or Infinity, which is no number."), line=line) from fault
    except RecursionError as fault:
        raise Unreadable(_("The objects in this line are nested too deeply."), line=line) from fault
    if not isinstance(found, dict):
        raise Unreadable(
            _("A row is an object in braces that names its columns; here stands something else."), line=line
        )
    return {name: _cell(value, line) for name, value in found.items()}, end


def _cell(value: Any, line: int) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, _Figure):
        return Cell(str(value), Kind.NUMBER)
    if isinstance(value, str):
        if len(value) > limits.MOST_CELL_CHARACTERS:
            raise Unreadable(
                _("A cell holds more than %(most)s characters."), line=line, most=limits.MOST_CELL_CHARACTERS
            )
        return Cell(value)
    if isinstance(value, bool):
        return Cell("true" if value else "false", Kind.BOOLEAN)
    try:
        return Cell(json.dumps(_numbered(value), ensure_ascii=False), Kind.STRUCTURE)
    except (RecursionError, ValueError) as fault:
        raise Unreadable(
            _("The objects here are nested too deeply, or a number in them is beyond reach."), line=line
        ) from fault


def _numbered(value: Any) -> Any:
    """The structure with its figures as numbers again."""
    if isinstance(value, _Figure):
        number = float(value) if set(value) & set(".eE") else int(value)
        if number in (float("inf"), float("-inf")):
            raise ValueError(value)
        return number
    if isinstance(value, list):
        return [_numbered(one) for one in value]
    if isinstance(value, dict):
        return {name: _numbered(one) for name, one in value.items()}
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _past_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, character: str) -> int:
    if text[at : at + 1] != character:
        raise _no_list(text, at)
    return at + 1


def _no_list(text: str, at: int) -> Unreadable:
    return Unreadable(
        _("The file should be one list of objects: [{…}, {…}]. Mend it at this line."),
        line=text.count("\n", 0, at) + 1,
    )
