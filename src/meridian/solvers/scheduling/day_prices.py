"""A bound on the cost of a project from prices per day (Lagrangian relaxation by days).

What ties tasks together is priced instead of kept: a unit of a resource on a day, a site that is open
because of a task on a day, two bonded tasks of which one has ended, a forerunner that has not. Every task
then takes its cheapest start and method by itself, and what they pay together, less what the capacities
are worth, is a bound for any prices (Christofides, Alvarez-Valdes, Tamarit 1987). Prices climb by
deflected subgradients (Camerini, Fratta, Maffioli 1975) towards the time-indexed linear program.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meridian.solvers.scheduling.project import Project
from meridian.solvers.scheduling.tables import FORBIDDEN, Tables, milestones

Floats = npt.NDArray[np.float64]
SOON_STALE = 20
FIRST_STEP = 1.0
LEAST_STEP = 1e-4
MEMORY = 2.0
SHRINK = 1.25
LEAST_GAIN = 1e-4
SAFETY = 1e-9


@dataclass
class _Prices:
    """Per day: of resources, of sites' tasks, of bonds, and of precedences."""

    resources: Floats
    milestones: list[Floats]
    bonds: Floats
    orders: Floats

    def moved(self, step: float, way: "_Prices") -> "_Prices":
        return _Prices(
            self.resources + step * way.resources,
            [mine + step * other for mine, other in zip(self.milestones, way.milestones, strict=True)],
            self.bonds + step * way.bonds,
            self.orders + step * way.orders,
        )

    def scaled(self, factor: float) -> "_Prices":
        return _Prices(
            factor * self.resources,
            [factor * each for each in self.milestones],
            factor * self.bonds,
            factor * self.orders,
        )

    def square(self) -> float:
        parts = [self.resources, *self.milestones, self.bonds, self.orders]
        return float(sum(np.square(part).sum() for part in parts))


class DayPrices:
    """The relaxation of a project; `value` of any prices is a bound on its cost."""

    def __init__(self, project: Project, tables: Tables) -> None:
        self.project, self.days = project, project.horizon
        self.milestones = milestones(project)
        self.durations, self.needs = tables.duration, tables.needs.astype(float)
        self.task_of = np.repeat(np.arange(len(project.tasks)), np.diff(tables.first_row))
        self.first_rows = tables.first_row[:-1]
        starts = np.arange(self.days + 1)
        self.ends = np.minimum(starts[None, :] + self.durations[:, None], self.days)
        self.base = np.where(tables.cost == FORBIDDEN, np.inf, tables.cost)
        self.capacity = tables.capacity.astype(float)
        self.unit = np.maximum(1.0, self.capacity.max(axis=1, initial=1.0))[:, None]

    def no_prices(self) -> _Prices:
        milestones = [
            np.full((len(each.tasks), self.days), each.weight / len(each.tasks)) for each in self.milestones
        ]
        return _Prices(
            np.zeros_like(self.capacity),
            milestones,
            np.zeros((len(self.project.bonds), self.days)),
            np.zeros((len(self.project.precedences), self.days)),
        )

    def value(self, prices: _Prices) -> tuple[float, _Prices]:
        """The bound at these prices and the way in which it rises."""
        not_ended = np.zeros((len(self.project.tasks), self.days))
        not_begun = np.zeros_like(not_ended)
        for milestone, price in zip(self.milestones, prices.milestones, strict=True):
            not_ended[list(milestone.tasks)] += price
        for bond, price in zip(self.project.bonds, prices.bonds, strict=True):
            not_ended[bond.first] += price
            not_ended[bond.second] -= price
        for each, price in zip(self.project.precedences, prices.orders, strict=True):
            not_ended[each.before] += price
            not_begun[each.after, each.lag :] -= price[: self.days - each.lag]
        cost = self.base + np.take_along_axis(_sums(not_ended)[self.task_of], self.ends, axis=1)
        cost += _sums(not_begun)[self.task_of]
        spent = _sums(np.einsum("kr,rt->kt", self.needs, prices.resources / self.unit))
        cost += np.take_along_axis(spent, self.ends, axis=1) - spent
        starts = cost.argmin(axis=1)
        least = cost[np.arange(len(starts)), starts]
        rows = self._cheapest(least)
        total = float(least[rows].sum() - (prices.resources * self.capacity / self.unit).sum())
        return total, self._way(rows, starts[rows])

    def _cheapest(self, least: Floats) -> npt.NDArray[np.int64]:
        """Per task the row of its cheapest mode."""
        lowest = np.minimum.reduceat(least, self.first_rows)[self.task_of]
        hits = np.flatnonzero(least == lowest)
        return hits[np.r_[True, self.task_of[hits[1:]] != self.task_of[hits[:-1]]]]

    def _way(self, rows: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]) -> _Prices:
        days = np.arange(self.days)
        ends = starts + self.durations[rows]
        not_ended = (days < ends[:, None]).astype(float)
        not_begun = (days < starts[:, None]).astype(float)
        used = np.einsum("ir,it->rt", self.needs[rows], not_ended - not_begun)
        orders = np.zeros((len(self.project.precedences), self.days))
        for at, each in enumerate(self.project.precedences):
            orders[at, : self.days - each.lag] = (
                not_ended[each.before, : self.days - each.lag] - not_begun[each.after, each.lag :]
            )
        bonds = np.zeros((len(self.project.bonds), self.days))
        for at, bond in enumerate(self.project.bonds):
            bonds[at] = not_ended[bond.first] - not_ended[bond.second]
        milestones = [not_ended[list(each.tasks)] for each in self.milestones]
        return _Prices((used - self.capacity) / self.unit, milestones, bonds, orders)

    def allowed(self, prices: _Prices) -> _Prices:
        """The nearest prices that may be asked."""
        weights = np.array([each.weight for each in self.project.bonds], dtype=float)[:, None]
        return _Prices(
            np.maximum(prices.resources, 0),
            [
                _onto_simplex(price, each.weight)
                for each, price in zip(self.milestones, prices.milestones, strict=True)
            ],
            np.clip(prices.bonds, -weights, weights) if self.project.bonds else prices.bonds,
            np.maximum(prices.orders, 0),
        )


def _sums(rows: Floats) -> Floats:
    """Running sums, nothing first: entry `t` is the sum of the days before `t`."""
    found = np.zeros((rows.shape[0], rows.shape[1] + 1))
    np.cumsum(rows, axis=1, out=found[:, 1:])
    return found


def _onto_simplex(columns: Floats, total: float) -> Floats:
    """Each column's nearest point with no part below 0 and parts that add up to `total`."""
    falling = -np.sort(-columns, axis=0)
    excess = np.cumsum(falling, axis=0) - total
    counts = np.arange(1, len(columns) + 1)[:, None]
    last = (falling - excess / counts > 0).sum(axis=0) - 1
    shift = excess[last, np.arange(columns.shape[1])] / (last + 1)
    return np.maximum(columns - shift, 0)


def climb(
    relaxation: DayPrices,
    *,
    known_cost: Callable[[], float],
    tell: Callable[[float], None],
    go_on: Callable[[int], bool],
) -> float:
    """Raise the prices while `go_on(turn)` and tell each better bound; the best is returned."""
    prices = relaxation.no_prices()
    best, best_prices, way = -math.inf, prices, None
    step, stale, turn = FIRST_STEP, 0, 0
    while go_on(turn) and step > LEAST_STEP:
        turn += 1
        value, rising = relaxation.value(prices)
        way = rising if way is None else rising.moved(MEMORY, way).scaled(1 / (1 + MEMORY))
        stale += 1
        if value > best:
            stale = 0 if value > best + LEAST_GAIN * abs(best) else stale
            best, best_prices = value, prices
            tell(best - SAFETY * abs(best))
        if stale >= SOON_STALE:
            step, stale, prices, way = step / SHRINK, 0, best_prices, None
            continue
        target = known_cost()
        reach = (target if math.isfinite(target) else 1.5 * abs(value) + 1) - value
        size = way.square()
        if size < SAFETY or reach <= 0:
            break
        prices = relaxation.allowed(prices.moved(step * reach / size, way))
    return best
