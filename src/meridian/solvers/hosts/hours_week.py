"""The reference week: 168 hours of a local clock laid over the 168 hours of the week in UTC.

Hour 0 is Monday 00:00. Daylight saving is whatever the zone keeps in the week named, hour by hour: a week
in which a clock changes is read as that week really runs.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

HOURS_OF_WEEK = 168
LAST_MINUTE = timedelta(minutes=59)


@cache
def local_hours(zone: str, week: date) -> tuple[tuple[int, int], ...]:
    """For every hour of the week in UTC, the local hours of the week in its first and its last minute.

    `week` is the Monday on which it begins; `zone` a name of the IANA list. The two differ where a zone
    stands half an hour off.
    """
    midnight = datetime.combine(week, time(), tzinfo=UTC)
    starts = [midnight + timedelta(hours=hour) for hour in range(HOURS_OF_WEEK)]
    return tuple((_local_hour(start, zone), _local_hour(start + LAST_MINUTE, zone)) for start in starts)


def _local_hour(moment: datetime, zone: str) -> int:
    local = moment.astimezone(ZoneInfo(zone))
    return local.weekday() * 24 + local.hour


def in_utc(local: Sequence[float], zone: str, week: date) -> tuple[float, ...]:
    """Use by local hour of the week as use by hour of the week in UTC.

    Where an hour of UTC reaches into two local hours the greater counts, so that nothing is promised away.
    """
    return tuple(max(local[first], local[last]) for first, last in local_hours(zone, week))


def hour_name(hour: int) -> str:
    """An hour of the week in words: 33 is "Tuesday 09:00"."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return f"{days[hour // 24]} {hour % 24:02d}:00"
