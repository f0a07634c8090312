"""From the wall clock of a place to the one instant that is meant.

Twice a year most clocks skip or repeat an hour (and Apia once skipped a day). A wall
time that is skipped moves to the first valid instant after the gap. A wall time that
comes twice is, as a beginning, its first occurrence and, as an end, its second.
"""

from datetime import UTC, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall times are naive by nature
SECOND = timedelta(seconds=1)


class Edge(Enum):
    """Which end of an opening a wall time is; the value is the fold it takes."""

    BEGINNING = 0
    END = 1


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name; an unknown one raises ValueError with the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise ValueError(f"{name!r} is no IANA time zone; write one like Africa/Nairobi.") from fault


def epoch_second(wall: datetime, zone: ZoneInfo, edge: Edge) -> int:
    """Seconds since 1970-01-01 UTC at which a clock in `zone` shows the naive `wall`."""
    shown = (wall - EPOCH) // SECOND
    second = shown - _offset(wall, zone, edge.value)
    if second + _offset_at(second, zone) == shown:
        return second
    return _end_of_gap(shown - _offset(wall, zone, 1), shown - _offset(wall, zone, 0), zone)


def instant(second: int) -> datetime:
    """The UTC instant of an epoch second."""
    return datetime.fromtimestamp(second, UTC)


def _offset(wall: datetime, zone: ZoneInfo, fold: int) -> int:
    shift = wall.replace(tzinfo=zone, fold=fold).utcoffset()
    assert shift is not None
    return shift // SECOND


def _offset_at(second: int, zone: ZoneInfo) -> int:
    shift = datetime.fromtimestamp(second, zone).utcoffset()
    assert shift is not None
    return shift // SECOND


def _end_of_gap(before: int, after: int, zone: ZoneInfo) -> int:
    """The second at which the clock jumped, known to lie in (before, after]."""
    old = _offset_at(before, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_at(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after
