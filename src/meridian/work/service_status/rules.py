"""How much of a time a service was there, from the stretches in which it wasn't whole."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

# Of each second in this level so much is lost; who works slowly still works.
LOST = {"degraded": 0.0, "partial": 0.5, "outage": 1.0}
GRAVITY = ("operational", "maintenance", "degraded", "partial", "outage")


class Stretch(NamedTuple):
    """A level from an instant until another; None lasts."""

    level: str
    starts_at: datetime
    ends_at: datetime | None


def worst(levels: Iterable[str]) -> str:
    """The gravest of these; of none, that all is well."""
    return max(levels, key=GRAVITY.index, default="operational")


def within(stretches: Iterable[Stretch], since: datetime, until: datetime) -> list[Stretch]:
    """What of the stretches lies between two instants, cut at them."""
    cut = (
        Stretch(one.level, max(one.starts_at, since), min(one.ends_at or until, until)) for one in stretches
    )
    return [one for one in cut if one.ends_at is not None and one.starts_at < one.ends_at]


def lost_seconds(stretches: Iterable[Stretch], since: datetime, until: datetime) -> float:
    """The seconds that were lost between two instants; where stretches overlap the gravest counts, once."""
    cut = within(stretches, since, until)
    marks = sorted({mark for one in cut for mark in (one.starts_at, one.ends_at) if mark is not None})
    lost = 0.0
    for start, end in zip(marks, marks[1:], strict=False):
        over = [
            LOST[one.level] for one in cut if one.starts_at <= start and one.ends_at and one.ends_at >= end
        ]
        lost += max(over, default=0.0) * (end - start).total_seconds()
    return lost


def availability(stretches: Iterable[Stretch], since: datetime, until: datetime) -> float:
    """The share, 0 to 1, of the time between two instants in which the service was there."""
    length = (until - since).total_seconds()
    return 1.0 if length <= 0 else 1.0 - lost_seconds(stretches, since, until) / length


def percent_of(share: float) -> Decimal:
    """A share in per cent with two decimals, never rounded up to all of it."""
    return Decimal(int(share * 10_000 + 1e-6)) / 100


def days_until(now: datetime, count: int) -> list[tuple[datetime, datetime]]:
    """The last days in UTC with their ends, the oldest first; the last one ends now."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [today - timedelta(days=back) for back in range(count - 1, -1, -1)]
    return [(start, min(start + timedelta(days=1), now)) for start in starts]
