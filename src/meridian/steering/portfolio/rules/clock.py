"""The benefits clock: what a benefit counts for, and when.

A benefit counts for nothing before go-live + stabilisation + one full year of operation.
From that day on it counts by the day. Benefits that draw on one cost pool never count for
more than a share of the pool's baseline, whoever claims them. Money is whole cents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from meridian.kernel.apportionment import largest_remainder, round_half_up
from meridian.kernel.period import Period, add_months

FULL_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """When a project goes live and for how many months it is then made stable."""

    live_on: date
    stabilisation_months: int

    @property
    def stable_on(self) -> date:
        """The first day of stable operation."""
        return add_months(self.live_on, self.stabilisation_months)

    @property
    def counts_from(self) -> date:
        """The first day on which its benefits count."""
        return add_months(self.live_on, self.stabilisation_months + FULL_YEAR_MONTHS)

    def stage_on(self, day: date) -> str:
        """`before`, `stabilising`, `first_year` or `counting`."""
        if day < self.live_on:
            return "before"
        if day < self.stable_on:
            return "stabilising"
        return "first_year" if day < self.counts_from else "counting"

    def counted_share(self, period: Period) -> Fraction:
        """The share of the period's days on which benefits count, from 0 to 1."""
        counted = period.overlap(
            Period(self.counts_from, max(period.end_on, add_months(self.counts_from, 1)))
        )
        return Fraction(counted.days, period.days) if counted else Fraction(0)

    def budgeted_from(self, periods: Sequence[Period]) -> Period | None:
        """The first budget period that may be reduced: it begins when the full year is over, or later."""
        return next((period for period in sorted(periods) if period.start_on >= self.counts_from), None)


def calendar_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def counted_cents(yearly_cents: int, clock: Clock | None, year: int) -> int:
    """What a yearly benefit counts for in a calendar year; nothing while go-live has no day."""
    if clock is None:
        return 0
    return round_half_up(yearly_cents * clock.counted_share(calendar_year(year)))


def pool_cap_cents(baseline_cents: int, largest_share_percent: Decimal) -> int:
    """The most that all benefits together may take from a pool in a year."""
    return int(baseline_cents * Fraction(largest_share_percent) / 100)


def capped(claims: Mapping[str, int], cap_cents: int) -> dict[str, int]:
    """The claims on one pool in one year, cut in proportion to at most the cap, to the cent.

    Claims below zero (dis-benefits) stand as they are and make no room for others.
    """
    gains = {name: amount for name, amount in claims.items() if amount > 0}
    if sum(gains.values()) <= cap_cents:
        return dict(claims)
    parts = largest_remainder(max(0, cap_cents), list(gains.values()))
    return {**claims, **dict(zip(gains, parts, strict=True))}
