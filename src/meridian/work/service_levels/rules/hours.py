"""In which hours a clock counts, as it is written down: `team & site`, `hubs | HQ-CAL`, `always`.

`&` is open when both are, `|` when either is; `&` binds closer, parentheses group. Four words have
a meaning of their own, every other word is the code of a calendar.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from meridian.kernel.working_time import ALWAYS_OPEN, Intersection, Schedule, Union

ALWAYS, TEAM, SITE, HUBS, CALENDAR, ANY, ALL = "always", "team", "site", "hubs", "calendar", "any", "all"
OWN_WORDS = (ALWAYS, TEAM, SITE, HUBS)
TOKEN = re.compile(r"\s*(?:([&|()])|([^\s&|()]+))")
DEEPEST = 8


class Nonsense(ValueError):
    """These hours can't be read; `code` is empty, word, closing, ending or deep, `shown` what it is about."""

    def __init__(self, code: str, shown: str = "") -> None:
        self.code, self.shown = code, shown[:40]
        super().__init__(f"{code} {shown}")


class Hours(NamedTuple):
    """Hours in which a clock counts: one of the seven kinds above, with its calendar or its parts."""

    kind: str
    code: str = ""
    parts: tuple["Hours", ...] = ()


@lru_cache(maxsize=1_000)
def parse_hours(text: str) -> Hours:
    """Read hours as they are written; `Nonsense` says what is wrong with them."""
    tokens = [mark or word for mark, word in TOKEN.findall(text)]
    if not tokens:
        raise Nonsense("empty")
    hours, rest = _either(tokens, 0)
    if rest:
        raise Nonsense("ending", rest[0])
    return hours


def calendars_in(hours: Hours) -> Iterator[str]:
    """The codes of the calendars that are named."""
    if hours.kind == CALENDAR:
        yield hours.code
    for part in hours.parts:
        yield from calendars_in(part)


def schedule_of(hours: Hours, schedule_for: Callable[[Hours], Schedule]) -> Schedule:
    """The hours as a schedule; `schedule_for` knows those of a team, a site, the hubs and a calendar."""
    if hours.kind == ALWAYS:
        return ALWAYS_OPEN
    if not hours.parts:
        return schedule_for(hours)
    return joined(hours.kind, tuple(schedule_of(part, schedule_for) for part in hours.parts))


@lru_cache(maxsize=20_000)
def joined(kind: str, parts: tuple[Schedule, ...]) -> Schedule:
    """The union or intersection of schedules: one for the same parts, for it remembers what it counted."""
    if len(parts) == 1:
        return parts[0]
    return Union(parts) if kind == ANY else Intersection(parts)


def _either(tokens: list[str], depth: int) -> tuple[Hours, list[str]]:
    return _row(tokens, "|", ANY, depth)


def _row(tokens: list[str], mark: str, kind: str, depth: int) -> tuple[Hours, list[str]]:
    read = _both if mark == "|" else _one
    first, rest = read(tokens, depth)
    parts = [first]
    while rest and rest[0] == mark:
        part, rest = read(rest[1:], depth)
        parts.append(part)
    return (first if len(parts) == 1 else Hours(kind, parts=tuple(parts))), rest


def _both(tokens: list[str], depth: int) -> tuple[Hours, list[str]]:
    return _row(tokens, "&", ALL, depth)


def _one(tokens: list[str], depth: int) -> tuple[Hours, list[str]]:
    if not tokens or tokens[0] in "&|)":
        raise Nonsense("word", tokens[0] if tokens else "")
    if depth > DEEPEST:
        raise Nonsense("deep")
    word, rest = tokens[0], tokens[1:]
    if word != "(":
        return (Hours(word) if word in OWN_WORDS else Hours(CALENDAR, word)), rest
    hours, rest = _either(rest, depth + 1)
    if not rest or rest[0] != ")":
        raise Nonsense("closing")
    return hours, rest[1:]
