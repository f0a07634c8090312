"""The door of calendars for other modules: working time as the kernel counts it."""

import json
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from meridian.kernel.working_time import Schedule, WeeklyRules, Window, WorkingCalendar
from meridian.registers.calendars.models import Calendar, CalendarDay, CalendarVersion

KEPT_SECONDS = 60

# What the hours of a calendar depend on: its zone, and its versions and days with their openings as text.
Said = tuple[str, tuple[tuple[date, str], ...], tuple[tuple[date, str], ...]]

_kept: dict[int, tuple[float, Said, Schedule]] = {}


def working_time(calendar_id: int) -> Schedule:
    """When the calendar is open; a change to it is seen by every process within a minute.

    KeyError when there is no such calendar.
    """
    return working_times((calendar_id,))[calendar_id]


def working_times(calendar_ids: Iterable[int]) -> dict[int, Schedule]:
    """Schedules by the id of their calendar, in at most three statements."""
    now, wanted = time.monotonic(), set(calendar_ids)
    stale = {key for key in wanted if key not in _kept or _kept[key][0] < now}
    if stale:
        # A schedule remembers the hours it has counted: calendars that say the same share one, and one
        # that says what it said before is not counted anew.
        known = {said: schedule for _until, said, schedule in _kept.values()}
        for key, said in _read(stale).items():
            schedule = known.get(said) or _schedule(said)
            known[said] = schedule
            _kept[key] = (now + KEPT_SECONDS, said, schedule)
    return {key: _kept[key][2] for key in wanted}


def forget_working_times() -> None:
    """Read every calendar anew when next asked."""
    _kept.clear()


def digests() -> dict[int, str]:
    """What each calendar says now, as a digest by its id: another one means that its hours are others."""
    keys = set(Calendar.objects.values_list("pk", flat=True))
    return {key: sha256(repr(said).encode()).hexdigest() for key, said in _read(keys).items()}


def _read(calendar_ids: set[int]) -> dict[int, Said]:
    versions: dict[int, list[tuple[date, str]]] = defaultdict(list)
    days: dict[int, list[tuple[date, str]]] = defaultdict(list)
    chosen = {"calendar__in": calendar_ids}
    for key, effective_on, weekly in CalendarVersion.objects.filter(**chosen).values_list(
        "calendar_id", "effective_on", "weekly"
    ):
        versions[key].append((effective_on, json.dumps(weekly, sort_keys=True)))
    for key, on, intervals in CalendarDay.objects.filter(**chosen).values_list(
        "calendar_id", "on", "intervals"
    ):
        days[key].append((on, json.dumps(intervals)))
    zones = Calendar.objects.filter(pk__in=calendar_ids).values_list("pk", "zone")
    return {key: (zone, tuple(sorted(versions[key])), tuple(sorted(days[key]))) for key, zone in zones}


def _schedule(said: Said) -> Schedule:
    zone, versions, days = said
    return WorkingCalendar(
        zone,
        [WeeklyRules(effective_on, _openings(weekly)) for effective_on, weekly in versions],
        {on: _windows(json.loads(intervals)) for on, intervals in days},
    )


def _openings(weekly: str) -> dict[int, list[Window]]:
    return {int(weekday) - 1: _windows(intervals) for weekday, intervals in json.loads(weekly).items()}


def _windows(intervals: Iterable[Any]) -> list[Window]:
    return [Window.parse(f"{start}-{end}") for start, end in intervals]
