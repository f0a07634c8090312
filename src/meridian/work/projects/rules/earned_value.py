"""Earned value: what should have been done, what has been done, and what it cost.

PV, EV and AC of a set of tasks on a day, and the figures that follow from them (ANSI/EIA-748;
any text of project control). Money is Decimal of one currency; days are local dates, first
and last day both inside. Tasks are the leaves of a breakdown: a summary would count twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT, RATIO = Decimal("0.01"), Decimal("0.001")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Work:
    """A task: its budget spread evenly over the planned days, how much of it is done, what was spent."""

    budget: Decimal
    first_on: date
    last_on: date
    percent_done: Decimal
    spent: Decimal

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise ValueError(f"A task ends on {self.last_on}, before it begins on {self.first_on}.")
        if not 0 <= self.percent_done <= HUNDRED:
            raise ValueError(f"{self.percent_done} % done is not between 0 and 100.")


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """The figures on a day; a ratio without a denominator is None."""

    budget: Decimal
    planned: Decimal
    earned: Decimal
    spent: Decimal

    @property
    def schedule_variance(self) -> Decimal:
        return self.earned - self.planned

    @property
    def cost_variance(self) -> Decimal:
        return self.earned - self.spent

    @property
    def schedule_index(self) -> Decimal | None:
        """SPI: below one, less is done than was planned."""
        return _ratio(self.earned, self.planned)

    @property
    def cost_index(self) -> Decimal | None:
        """CPI: below one, what is done has cost more than was planned."""
        return _ratio(self.earned, self.spent)

    @property
    def estimate_at_completion(self) -> Decimal | None:
        """EAC = BAC ÷ CPI, computed as BAC × AC ÷ EV; the budget while nothing was spent."""
        if not self.spent:
            return self.budget
        if not self.earned:
            return None
        return (self.budget * self.spent / self.earned).quantize(CENT, ROUND_HALF_UP)

    @property
    def variance_at_completion(self) -> Decimal | None:
        estimate = self.estimate_at_completion
        return None if estimate is None else self.budget - estimate

    @property
    def index_to_complete(self) -> Decimal | None:
        """TCPI: how cheaply the rest must be done for the budget to suffice; None when nothing is left."""
        return _ratio(self.budget - self.earned, self.budget - self.spent)


# Two figures stand on tiles in thousands.
THOUSANDS = {"earned_thousands": "earned", "estimate_thousands": "estimate_at_completion"}


def figure_of(what: str, found: EarnedValue) -> Decimal | None:
    """One of the figures as it is printed, in thousands where its name says so; None without one."""
    value: Decimal | None = getattr(found, THOUSANDS.get(what, what))
    return value / 1000 if value is not None and what in THOUSANDS else value


def earned_of(work: Work) -> Decimal:
    """What of the budget is done, to the cent."""
    return _part(work.budget, work.percent_done / HUNDRED)


def earned_value(tasks: Iterable[Work], on: date) -> EarnedValue:
    """The figures of the tasks together at the end of the day `on`."""
    works = list(tasks)
    planned = sum((planned_value(work, on) for work in works), Decimal(0))
    earned = sum(map(earned_of, works), Decimal(0))
    budget = sum((work.budget for work in works), Decimal(0))
    spent = sum((work.spent for work in works), Decimal(0))
    return EarnedValue(budget, planned, earned, spent)


def planned_value(work: Work, on: date) -> Decimal:
    """What of the budget the plan had spent by the end of the day `on`, to the cent."""
    days = (work.last_on - work.first_on).days + 1
    passed = min(max((on - work.first_on).days + 1, 0), days)
    return _part(work.budget, Decimal(passed) / days)


def _part(amount: Decimal, share: Decimal) -> Decimal:
    return (amount * share).quantize(CENT, ROUND_HALF_UP)


def _ratio(above: Decimal, below: Decimal) -> Decimal | None:
    return (above / below).quantize(RATIO, ROUND_HALF_UP) if below else None
