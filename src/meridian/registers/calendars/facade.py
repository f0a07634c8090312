"""The door of calendars for other modules: working time as the kernel counts it."""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from meridian.kernel.working_time import Schedule, WeeklyRules, Window, WorkingCalendar
from meridian.registers.calendars.models import Calendar, CalendarDay, CalendarVersion

KEPT_SECONDS = 60

_kept: dict[int, tuple[float, Schedule]] = {}


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
        _kept.update({key: (now + KEPT_SECONDS, schedule) for key, schedule in _read(stale).items()})
    return {key: _kept[key][1] for key in wanted}


def forget_working_times() -> None:
    """Read every calendar anew when next asked."""
    _kept.clear()


def _read(calendar_ids: set[int]) -> dict[int, Schedule]:
    versions: dict[int, list[WeeklyRules]] = defaultdict(list)
    days: dict[int, dict[date, list[Window]]] = defaultdict(dict)
    chosen = {"calendar__in": calendar_ids}
    for key, effective_on, weekly in CalendarVersion.objects.filter(**chosen).values_list(
        "calendar_id", "effective_on", "weekly"
    ):
        openings = {int(weekday) - 1: _windows(intervals) for weekday, intervals in weekly.items()}
        versions[key].append(WeeklyRules(effective_on, openings))
    for key, on, intervals in CalendarDay.objects.filter(**chosen).values_list(
        "calendar_id", "on", "intervals"
    ):
        days[key][on] = _windows(intervals)
    zones = Calendar.objects.filter(pk__in=calendar_ids).values_list("pk", "zone")
    return {key: WorkingCalendar(zone, versions[key], days[key]) for key, zone in zones}


def _windows(intervals: Iterable[Any]) -> list[Window]:
    return [Window.parse(f"{start}-{end}") for start, end in intervals]
