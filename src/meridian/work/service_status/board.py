"""The board of the status page: each service now and on each of the last days."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from meridian.work.announcements.facade import about_services
from meridian.work.majors.contracts import PublicStatus
from meridian.work.majors.facade import public_majors
from meridian.work.service_status.queries import (
    Planned,
    disruptions_between,
    levels_now,
    live_services,
    planned,
    stretches_of,
)
from meridian.work.service_status.rules import Stretch, availability, days_until, percent_of, within, worst

DAYS = 90


@dataclass(frozen=True, slots=True)
class Day:
    """A day in UTC: the gravest level, and the availability in per cent."""

    since: datetime
    level: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A service as it stands, with its last days, the oldest first."""

    service: Any
    level: str
    percent: Decimal
    days: list[Day]


@dataclass(frozen=True, slots=True)
class Board:
    lines: list[Line]
    majors: list[PublicStatus]
    planned: list[Planned]
    announced: list[Any]

    @property
    def worst(self) -> str:
        """How the service stands that stands worst."""
        return worst(line.level for line in self.lines)


def board(now: datetime) -> Board:
    """All that the status page says, in a dozen statements."""
    plans = planned(now)
    levels = levels_now(now, plans)
    days = days_until(now, DAYS)
    stretches = stretches_of(disruptions_between(days[0][0], now))
    lines = [
        _line(service, levels.get(service.pk, "operational"), stretches.get(service.pk, []), days)
        for service in live_services()
    ]
    return Board(lines, public_majors(), plans, list(about_services()))


def line_of(service: Any, now: datetime) -> Line:
    """One service, as the board would show it."""
    days = days_until(now, DAYS)
    level = levels_now(now, planned(now)).get(service.pk, "operational")
    stretches = stretches_of(disruptions_between(days[0][0], now, service.pk)).get(service.pk, [])
    return _line(service, level, stretches, days)


def _line(service: Any, level: str, stretches: list[Stretch], days: list[tuple[datetime, datetime]]) -> Line:
    whole = percent_of(availability(stretches, days[0][0], days[-1][1]))
    shown = []
    for since, until in days:
        cut = within(stretches, since, until)
        share = availability(cut, since, until)
        shown.append(Day(since, worst(one.level for one in cut), percent_of(share)))
    return Line(service, level, whole, shown)
