"""Yearly flows of an option from its cost and benefit lines: low, mode and high.

A funding period covers whole calendar years; what it costs is spread evenly over them, to
the cent. Money is whole cents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from meridian.kernel.apportionment import largest_remainder
from meridian.kernel.appraisal import Appraisal, appraise
from meridian.steering.portfolio.rules.clock import Clock, counted_cents


@dataclass(frozen=True, slots=True)
class Cost:
    """What a period costs; both years belong to it."""

    first_year: int
    last_year: int
    low: int
    mode: int
    high: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a year of full operation yields, and the pool it comes from."""

    name: str
    pool: str
    low: int
    high: int

    @property
    def middle(self) -> int:
        return (self.low + self.high) // 2


@dataclass(frozen=True, slots=True)
class Flows:
    """Per year from `first_year`: costs and counted benefits as (low, mode, high)."""

    first_year: int
    costs: tuple[tuple[int, int, int], ...]
    benefits: tuple[tuple[int, int, int], ...]

    @property
    def years(self) -> list[int]:
        return [self.first_year + index for index in range(len(self.costs))]

    def net(self) -> list[tuple[int, int, int]]:
        """Benefits less costs: the worst, the middle and the best of each year."""
        return [
            (gain[0] - cost[2], gain[1] - cost[1], gain[2] - cost[0])
            for cost, gain in zip(self.costs, self.benefits, strict=True)
        ]


def spread_over_years(cost: Cost) -> dict[int, tuple[int, int, int]]:
    """The cost of each year; the years add up to the period exactly."""
    years = range(cost.first_year, cost.last_year + 1)
    parts = [largest_remainder(amount, [1] * len(years)) for amount in (cost.low, cost.mode, cost.high)]
    return {year: (parts[0][at], parts[1][at], parts[2][at]) for at, year in enumerate(years)}


def flows_of(costs: Iterable[Cost], benefits: Sequence[Benefit], clock: Clock | None, years: range) -> Flows:
    """The flows over `years`; a cost outside of them raises ValueError, for it would be lost."""
    spent = {year: [0, 0, 0] for year in years}
    for cost in costs:
        for year, amounts in spread_over_years(cost).items():
            if year not in spent:
                raise ValueError(f"A cost falls in {year}, outside of {years[0]} to {years[-1]}.")
            for at in range(3):
                spent[year][at] += amounts[at]
    gained = []
    for year in years:
        gain = [
            sum(counted_cents(amount, clock, year) for amount in amounts)
            for amounts in (
                [benefit.low for benefit in benefits],
                [benefit.middle for benefit in benefits],
                [benefit.high for benefit in benefits],
            )
        ]
        gained.append((gain[0], gain[1], gain[2]))
    return Flows(years[0], tuple((a, b, c) for a, b, c in spent.values()), tuple(gained))


def appraisal_of(flows: Flows, rate: Decimal) -> Appraisal:
    """NPV, IRR or MIRR, payback and the rest, in USD, from the modes; discounted to the first year."""
    costs = [Decimal(cost[1]) / 100 for cost in flows.costs]
    benefits = [Decimal(gain[1]) / 100 for gain in flows.benefits]
    return appraise(costs, benefits, rate)
