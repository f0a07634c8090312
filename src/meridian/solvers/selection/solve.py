"""The best portfolio by HiGHS: a mixed-integer model with its bound, and the prices of its limits.

Imported in the worker process only. Whatever the solver says is checked and added up afresh
by `problem`; rows are scaled to their largest coefficient, so that cents do not drown in
tolerances.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy

from meridian.kernel.console import Fault
from meridian.solvers.selection.problem import (
    Capacity,
    Ceiling,
    Portfolio,
    Problem,
    breaches,
    portfolio_of,
)

TOLERANCE = 1e-9
PROVEN_SHARE = 1e-6


class OutOfTime(Exception):
    """No portfolio was found within the seconds given."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A portfolio, and a value that no portfolio within the limits exceeds."""

    portfolio: Portfolio
    bound: float

    @property
    def proven(self) -> bool:
        """Whether the bound meets the value, to a millionth of it."""
        value = float(self.portfolio.value)
        return self.bound - value <= PROVEN_SHARE * max(1.0, abs(value))


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit more of a limit would add to the value, in the relaxed model."""

    limit: Ceiling | Capacity
    used: int
    price: float


class _Model:
    """The columns: one per choice, then one per pool for what it lets count."""

    def __init__(self, problem: Problem, most_cost: int | None, least_value: Fraction | None) -> None:
        self.problem = problem
        self.highs = highspy.Highs()
        self.highs.silent()
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("mip_rel_gap", 0.0)
        self.highs.setOptionValue("mip_abs_gap", 0.0)
        for name in (
            "primal_feasibility_tolerance",
            "dual_feasibility_tolerance",
            "mip_feasibility_tolerance",
        ):
            self.highs.setOptionValue(name, TOLERANCE)
        self.value_scale = max(
            [1.0]
            + [abs(float(choice.value)) for choice in problem.choices]
            + [float(pool.cap * pool.weight) for pool in problem.pools]
        )
        self.cost_scale = float(max([1] + [choice.cost for choice in problem.choices]))
        self.pool_at = {
            (pool.code, pool.slot): len(problem.choices) + at for at, pool in enumerate(problem.pools)
        }
        self._add_columns(by_cost=least_value is not None)
        self.limit_rows: list[tuple[Ceiling | Capacity, int, float]] = []
        self._add_rows()
        if most_cost is not None:
            costs = [(at, choice.cost / self.cost_scale) for at, choice in enumerate(problem.choices)]
            self._row(costs, upper=most_cost / self.cost_scale)
        if least_value is not None:
            self._row(self._value_terms(), lower=float(least_value) / self.value_scale - 1e-8)

    def _value_terms(self) -> list[tuple[int, float]]:
        own = [(at, choice.value / self.value_scale) for at, choice in enumerate(self.problem.choices)]
        pooled = [
            (self.pool_at[pool.code, pool.slot], float(pool.weight * pool.cap) / self.value_scale)
            for pool in self.problem.pools
        ]
        return own + pooled

    def _add_columns(self, *, by_cost: bool) -> None:
        count = len(self.problem.choices) + len(self.problem.pools)
        self.highs.addVars(count, numpy.zeros(count), numpy.ones(count))
        for at, choice in enumerate(self.problem.choices):
            self.highs.changeColIntegrality(at, highspy.HighsVarType.kInteger)
            if choice.project in self.problem.barred:
                self.highs.changeColBounds(at, 0.0, 0.0)
            if by_cost:
                self.highs.changeColCost(at, choice.cost / self.cost_scale)
        if not by_cost:
            for at, worth in self._value_terms():
                self.highs.changeColCost(at, -worth)

    def _row(
        self, terms: Iterable[tuple[int, float]], *, lower: float = -math.inf, upper: float = math.inf
    ) -> int:
        kept = [(at, value) for at, value in terms if value]
        indices = numpy.array([at for at, _ in kept], dtype=numpy.int32)
        self.highs.addRow(lower, upper, len(kept), indices, numpy.array([value for _, value in kept]))
        return self.highs.getNumRow() - 1

    def _add_rows(self) -> None:
        problem = self.problem
        options: dict[str, list[int]] = {name: [] for name in problem.projects}
        for at, choice in enumerate(problem.choices):
            options[choice.project].append(at)
        for project, columns in options.items():
            floor = 1.0 if project in problem.mandated else 0.0
            self._row([(at, 1.0) for at in columns], lower=floor, upper=1.0)
        for one, two in problem.requires:
            # Each option apart: the tighter form.
            for at in options.get(one, ()):
                self._row([(at, 1.0), *((other, -1.0) for other in options.get(two, ()))], upper=0.0)
        for one, two in problem.excludes:
            self._row([(at, 1.0) for at in (*options.get(one, ()), *options.get(two, ()))], upper=1.0)
        for limit in problem.limits:
            uses = [(at, limit.use(choice)) for at, choice in enumerate(problem.choices)]
            scale = float(max([1] + [abs(use) for _, use in uses]))
            row = self._row([(at, use / scale) for at, use in uses], upper=limit.amount / scale)
            self.limit_rows.append((limit, row, scale))
        self._add_pools()

    def _add_pools(self) -> None:
        """Pool columns count shares of the cap: a share is at most the claims over the cap."""
        claims: dict[tuple[str, str], dict[int, int]] = {place: {} for place in self.pool_at}
        for at, choice in enumerate(self.problem.choices):
            for claim in choice.claims:
                found = claims[claim.pool, claim.slot]
                found[at] = found.get(at, 0) + claim.amount
        for pool in self.problem.pools:
            place = pool.code, pool.slot
            terms = [(at, -amount / max(1, pool.cap)) for at, amount in claims[place].items()]
            self._row([(self.pool_at[place], 1.0), *terms], upper=0.0)


def best(
    problem: Problem, *, seconds: float, most_cost: int | None = None, cheapest_of: Fraction | None = None
) -> Bounded | None:
    """The most valuable portfolio, or with `cheapest_of` the cheapest of at least that value.

    None when the limits can't be kept together; `OutOfTime` when nothing was found.
    With `cheapest_of` the bound is that value.
    """
    model = _Model(problem, most_cost, cheapest_of)
    highs = model.highs
    highs.setOptionValue("time_limit", max(0.05, seconds))
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise OutOfTime
    values = highs.getSolution().col_value[: len(problem.choices)]
    taken = [at for at, value in enumerate(values) if value > 0.5]
    for breach in breaches(problem, taken):
        raise Fault(f"The solver's portfolio failed the check: {breach}.", "Report it with the file.")
    portfolio = portfolio_of(problem, taken)
    if cheapest_of is not None:
        return Bounded(portfolio, float(cheapest_of))
    bound = -info.mip_dual_bound * model.value_scale
    return Bounded(portfolio, max(bound, float(portfolio.value)))


def proven_best(
    problem: Problem, *, stop_at: float, most_cost: int | None = None, cheapest_of: Fraction | None = None
) -> Bounded | None:
    """`best` by the monotonic clock, and never less than proven: `OutOfTime` where it is not."""
    seconds = stop_at - time.monotonic()
    if seconds <= 0:
        raise OutOfTime
    found = best(problem, seconds=seconds, most_cost=most_cost, cheapest_of=cheapest_of)
    if found is not None and (time.monotonic() >= stop_at or not found.proven):
        raise OutOfTime
    return found


def prices(problem: Problem, chosen: Portfolio) -> list[Price]:
    """The shadow price of each ceiling and capacity, from the linear relaxation (0 where it is slack)."""
    model = _Model(problem, None, None)
    for at in range(len(problem.choices)):
        model.highs.changeColIntegrality(at, highspy.HighsVarType.kContinuous)
    model.highs.run()
    if model.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return []
    duals = model.highs.getSolution().row_dual
    return [
        Price(
            limit,
            sum(limit.use(problem.choices[at]) for at in chosen.taken),
            max(0.0, -duals[row] * model.value_scale / scale),
        )
        for limit, row, scale in model.limit_rows
    ]
