"""A roster as `meridian plan desks --rosters` prints it, read as lines of people with their shifts."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from meridian.kernel.local_time import zone_named

HOURS_PER_WEEK = 168
MOST_LINES, MOST_SHIFT_HOURS = 500, 23


class UnreadRoster(ValueError):
    """The file is no such roster; the code says why, and `names` what there is instead."""

    def __init__(self, code: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.names = code, names


@dataclass(frozen=True, slots=True)
class Group:
    """People of one pool who speak the same languages: for each the first hour of the week (UTC, 0 is Monday
    00:00) and the hours of their shifts."""

    languages: tuple[str, ...]
    lines: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class WeeklyTurn:
    """What a line works at one time of the day, by the clock of the place."""

    begins: time
    ends: time
    weekdays: tuple[int, ...]


def groups_of(text: str, plan: str, pool: str) -> list[Group]:
    """The groups of a pool of a plan; an empty name is the only one there is."""
    try:
        printed: Any = json.loads(text)
        rosters = printed["rosters"]
        names = tuple(sorted(rosters))
    except (ValueError, KeyError, TypeError) as fault:
        raise UnreadRoster("shape") from fault
    if not plan and len(names) > 1 or plan and plan not in names:
        raise UnreadRoster("plan", names)
    try:
        groups = rosters[plan or names[0]]["groups"]
        pools = tuple(sorted({str(group["pool"]) for group in groups}))
        if not pool and len(pools) > 1 or pool and pool not in pools:
            raise UnreadRoster("pool", pools)
        return [_group(group) for group in groups if not pool or group["pool"] == pool]
    except (LookupError, TypeError, AttributeError) as fault:
        raise UnreadRoster("shape") from fault


def _group(group: dict[str, Any]) -> Group:
    lines = tuple(tuple((each[0], each[1]) for each in line) for line in group["week"])
    every = [each for line in lines for each in line]
    if len(lines) > MOST_LINES or not all(_is_shift(*each) for each in every):
        raise UnreadRoster("shape")
    return Group(tuple(str(code) for code in group["languages"]), lines)


def _is_shift(start: object, hours: object) -> bool:
    if not isinstance(start, int) or not isinstance(hours, int):
        return False
    return 0 <= start < HOURS_PER_WEEK and 0 < hours <= MOST_SHIFT_HOURS


def turns_of(line: tuple[tuple[int, int], ...], monday: date, zone: str) -> list[WeeklyTurn]:
    """A line's shifts in the week of a Monday, by the clock of a place, which people keep when it changes."""
    place, start_of_week = zone_named(zone), datetime.combine(monday, time(), zone_named("UTC"))
    found: dict[tuple[time, time], set[int]] = {}
    for start, hours in line:
        begins = (start_of_week + timedelta(hours=start)).astimezone(place)
        ends = (start_of_week + timedelta(hours=start + hours)).astimezone(place)
        found.setdefault((begins.time(), ends.time()), set()).add(begins.isoweekday())
    return [WeeklyTurn(begins, ends, tuple(sorted(days))) for (begins, ends), days in sorted(found.items())]
