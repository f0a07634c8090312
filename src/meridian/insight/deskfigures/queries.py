"""Figures counted from the items that a reader may see: backlog, durations, load."""

import math
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.functions import TruncHour
from django.utils import timezone

from meridian.engine.policies import Actor
from meridian.insight.deskfigures.contracts import Aged, Hour, Quantile, Times
from meridian.insight.deskfigures.rules.ages import BUCKETS
from meridian.insight.deskfigures.rules.forecast import expected
from meridian.work.servicedesk.facade import WorkItem

# What durations are told by: the path from the item.
GROUPS: Mapping[str, str] = {
    "team": "team",
    "station": "team__duty_station",
    "category": "category",
    "site": "site",
    "language": "language",
    "channel": "channel",
}
WEEKS = 8
URGENT = (1, 2)
# The normal quantile of a two-sided 95 per cent interval. The ranks of the interval of the p-quantile of n
# values are n·p ∓ z·√(n·p·(1-p)) (Conover, Practical Nonparametric Statistics, 3.2).
DURATIONS = """
WITH asked AS ({items}), long AS (
  SELECT key, 1 AS what, coalesce(extract(epoch FROM responded_at - opened_at), 'infinity')::float8 AS took
  FROM asked
  UNION ALL
  SELECT key, 2, coalesce(extract(epoch FROM resolved_at - opened_at), 'infinity')::float8 FROM asked
), ranked AS (
  SELECT key, what, took, row_number() OVER (PARTITION BY key, what ORDER BY took) AS rank,
    count(*) OVER (PARTITION BY key, what) AS n
  FROM long
), bounded AS (
  SELECT ranked.*, p, ceil(n * p) AS middle,
    floor(n * p - 1.96 * sqrt(n * p * (1 - p))) AS low, ceil(n * p + 1.96 * sqrt(n * p * (1 - p))) AS high
  FROM ranked CROSS JOIN (VALUES (0.5), (0.9)) AS quantile (p)
)
SELECT key, what, p, max(n), max(took) FILTER (WHERE rank = middle),
  max(took) FILTER (WHERE rank = low), max(took) FILTER (WHERE rank = high)
FROM bounded GROUP BY key, what, p ORDER BY key, what, p
"""


def items(actor: Actor) -> Any:
    """The items whose figures the actor sees: those of the desks where they work."""
    return WorkItem.objects.permitted(actor, "queue")


def opened_between(actor: Actor, first: date, last: date) -> Any:
    """Those of them that were opened from `first` to `last`, days of the reader, both included."""
    return items(actor).filter(
        opened_at__gte=_start_of(first), opened_at__lt=_start_of(last + timedelta(days=1))
    )


def of_age(today: date, least: int, most: int | None) -> Q:
    """That an item was opened between so many days ago, both included."""
    lies = Q(opened_at__lt=_start_of(today - timedelta(days=least - 1)))
    return lies if most is None else lies & Q(opened_at__gte=_start_of(today - timedelta(days=most)))


def ages(actor: Actor, today: date) -> list[Aged]:
    """The open items by how many days ago they were opened, on `today` of the reader."""
    rows = items(actor).filter(is_open=True)
    asked: dict[str, Any] = {}
    for least, most in BUCKETS:
        lies = of_age(today, least, most)
        asked[f"items_{least}"] = Count("pk", filter=lies)
        asked[f"urgent_{least}"] = Count("pk", filter=lies & Q(priority__in=URGENT))
    found = rows.aggregate(**asked)
    return [Aged(least, most, found[f"items_{least}"], found[f"urgent_{least}"]) for least, most in BUCKETS]


def times(actor: Actor, group: str, first: date, last: date) -> list[Times]:
    """How long the items opened from `first` to `last` (days of the reader, both included) took, by group.

    Elapsed hours from opening to the first answer and to the solution; what isn't answered or solved yet
    counts as longer than everything that is. Most items first.
    """
    rows = opened_between(actor, first, last).order_by()
    asked = rows.values("responded_at", "resolved_at", "opened_at", key=F(GROUPS[group]))
    statement, parameters = asked.query.sql_with_params()
    told: dict[Any, dict[tuple[int, float], Quantile]] = defaultdict(dict)
    counts: dict[Any, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(DURATIONS.format(items=statement), parameters)
        for key, what, share, count, *seconds in cursor.fetchall():
            hours = [None if value is None else value / 3600 for value in seconds]
            told[key][what, float(share)] = Quantile(hours[0] or 0.0, hours[1], hours[2])
            counts[key] = count
    found = [
        Times(key, counts[key], (of[1, 0.5], of[1, 0.9]), (of[2, 0.5], of[2, 0.9]))
        for key, of in told.items()
    ]
    return sorted(found, key=lambda row: -row.items)


def load(actor: Actor, day: date, now: datetime) -> list[Hour]:
    """What came in by hour of one day of the reader, against the same hours of the eight weeks before."""
    starts = [_start_of(day).astimezone(UTC) + timedelta(hours=hour) for hour in range(_hours_of(day))]
    since = starts[0] - timedelta(weeks=WEEKS)
    rows = items(actor).filter(opened_at__gte=since, opened_at__lt=starts[-1] + timedelta(hours=1))
    counted = dict(
        rows.order_by()
        .values_list(TruncHour("opened_at", tzinfo=timezone.get_current_timezone()))
        .annotate(Count("pk"))
    )
    return [_hour(at, counted, now) for at in starts]


def _hour(at: datetime, counted: Mapping[datetime, int], now: datetime) -> Hour:
    before = [counted.get(_weeks_before(at, week), 0) for week in range(1, WEEKS + 1)]
    mean, low, high = expected(before)
    is_over = at + timedelta(hours=1) <= now
    return Hour(at, counted.get(at, 0) if is_over else None, mean, low, high)


def _weeks_before(at: datetime, weeks: int) -> datetime:
    """The same hour on the clocks of the reader's zone, some weeks before."""
    local = timezone.localtime(at)
    return timezone.make_aware(local.replace(tzinfo=None) - timedelta(weeks=weeks))


def _hours_of(day: date) -> int:
    """24, but for the days on which clocks are moved."""
    following = _start_of(day + timedelta(days=1)).astimezone(UTC)
    return math.floor((following - _start_of(day).astimezone(UTC)) / timedelta(hours=1))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
