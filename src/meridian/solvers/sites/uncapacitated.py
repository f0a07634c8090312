"""Uncapacitated location: a Lagrangian bound with closing by reduced cost, HiGHS on what remains.

Relaxing "everyone is served once" with prices v gives the bound
`sum v + sum_i min(0, f_i + sum_j min(0, c_ij - v_j))`, raised by subgradient steps
(Held, Wolfe, Crowder 1974). A warehouse whose being open would lift the bound above the best
known cost stays closed, and the reverse; a service whose price exceeds the gap is never used.
What is left goes to HiGHS in the strong form (each service below its own opening).
"""

from dataclasses import dataclass, field

import numpy as np

from meridian.solvers.sites.warehouses import Supply, Warehouses
from meridian.solvers.solving.mip import Mip
from meridian.solvers.solving.worker import Reporter

LARGEST_STEPS = 1_500
SEARCH_EVERY_STEPS = 25
SLACK = 1e-7


@dataclass
class Search:
    """The state of one run: the best opening known and the prices with the best bound."""

    fixed: np.ndarray
    costs: np.ndarray
    reporter: Reporter
    best_cost: float = np.inf
    best_open: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    bound: float = -np.inf
    prices: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def cost(self, is_open: np.ndarray) -> float:
        return float(self.fixed[is_open].sum() + self.costs[is_open].min(axis=0).sum())

    def offer(self, is_open: np.ndarray) -> None:
        """Take an opening if it is better than the best known."""
        cost = self.cost(is_open)
        if cost < self.best_cost - SLACK:
            self.best_cost, self.best_open = cost, is_open.copy()
            self.reporter.improve(cost, _supply(is_open, self.costs))


def solve_uncapacitated(model: Warehouses, reporter: Reporter) -> None:
    """Tell ever better openings and bounds until proven or out of time."""
    search = Search(np.array(model.fixed_costs), np.array(model.costs).T.copy(), reporter)
    _raise_prices(search)
    if _gap(search) > _slack(search):
        _finish_with_highs(search)
    else:
        reporter.raise_bound(search.best_cost)


def _gap(search: Search) -> float:
    return search.best_cost - search.bound


def _slack(search: Search) -> float:
    return SLACK * max(1.0, abs(search.best_cost)) * 1e-2


def _raise_prices(search: Search) -> None:
    """Subgradient steps on the prices, with local search from the openings they suggest."""
    costs, fixed = search.costs, search.fixed
    two_lowest = np.partition(costs, min(1, len(costs) - 1), axis=0)
    prices = two_lowest[min(1, len(costs) - 1)].copy()
    pace, stale = 1.5, 0
    _improve(search, _greedy(search))
    for step in range(LARGEST_STEPS):
        below = np.minimum(0.0, costs - prices)
        rent = fixed + below.sum(axis=1)
        bound = float(prices.sum() + np.minimum(0.0, rent).sum())
        if bound > search.bound + abs(search.bound if np.isfinite(search.bound) else 0) * 1e-9:
            search.bound, search.prices, stale = bound, prices.copy(), 0
            search.reporter.raise_bound(min(bound, search.best_cost))
        else:
            stale += 1
        if _gap(search) <= _slack(search) or search.reporter.remaining_seconds() <= 0:
            return
        if stale >= 20:
            pace, stale, prices = pace / 1.6, 0, search.prices.copy()
            if pace < 1e-4:
                return
            continue
        chosen = rent < 0
        if chosen.any() and step % SEARCH_EVERY_STEPS == 0:
            _improve(search, chosen)
        served = (below[chosen] < 0).sum(axis=0)
        slope = 1.0 - served
        length = float(slope @ slope)
        if length == 0:
            search.offer(chosen)
            return
        prices = prices + pace * max(_gap(search), _slack(search)) / length * slope


def _greedy(search: Search) -> np.ndarray:
    is_open = np.zeros(len(search.fixed), dtype=bool)
    is_open[np.argmin(search.fixed + search.costs.sum(axis=1))] = True
    return is_open


def _improve(search: Search, is_open: np.ndarray) -> None:
    """Open, close or exchange one warehouse at a time while that saves."""
    is_open = is_open.copy()
    while search.reporter.remaining_seconds() > 0:
        saving, flip = _best_flip(search, is_open)
        if saving <= SLACK:
            saving, flip = _best_exchange(search, is_open)
        if saving <= SLACK:
            break
        is_open[flip] = ~is_open[flip]
    search.offer(is_open)


def _nearest_two(search: Search, is_open: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per customer: the position of its nearest open warehouse, that cost and the next one."""
    positions = np.flatnonzero(is_open)
    open_costs = search.costs[positions]
    nearest = open_costs.argmin(axis=0)
    first = open_costs[nearest, np.arange(open_costs.shape[1])]
    if len(positions) == 1:
        return positions[nearest], first, np.full_like(first, np.inf)
    return positions[nearest], first, np.partition(open_costs, 1, axis=0)[1]


def _best_flip(search: Search, is_open: np.ndarray) -> tuple[float, list[int]]:
    nearest, first, second = _nearest_two(search, is_open)
    opening = np.maximum(0.0, first - search.costs).sum(axis=1) - search.fixed
    opening[is_open] = -np.inf
    closing = search.fixed - np.bincount(nearest, second - first, minlength=len(search.fixed))
    closing[~is_open] = -np.inf
    savings = np.maximum(opening, closing)
    best = int(savings.argmax())
    return float(savings[best]), [best]


def _best_exchange(search: Search, is_open: np.ndarray) -> tuple[float, list[int]]:
    nearest, first, second = _nearest_two(search, is_open)
    best: tuple[float, list[int]] = (0.0, [])
    if is_open.sum() < 2:
        second = np.full_like(first, search.costs.max() + search.fixed.max())
    for opened in np.flatnonzero(~is_open):
        offered = search.costs[opened]
        gain = np.maximum(0.0, first - offered).sum() - search.fixed[opened]
        lost = np.minimum(second, np.maximum(offered, first)) - first
        savings = gain + search.fixed - np.bincount(nearest, lost, minlength=len(search.fixed))
        savings[~is_open] = -np.inf
        closed = int(savings.argmax())
        if savings[closed] > best[0]:
            best = (float(savings[closed]), [int(opened), closed])
    return best


def _finish_with_highs(search: Search) -> None:
    """Fix by reduced cost what the gap allows, then prove the rest."""
    costs, prices = search.costs, search.prices
    gap = _gap(search) + _slack(search)
    rent = search.fixed + np.minimum(0.0, costs - prices).sum(axis=1)
    may_open, must_open = rent <= gap, rent < -gap
    mip = Mip()
    opening = {
        int(i): mip.column(float(search.fixed[i]), lower=float(must_open[i]), integer=True)
        for i in np.flatnonzero(may_open)
    }
    service = _add_services(mip, opening, costs, prices, gap)
    start = np.zeros(len(mip.costs))
    nearest = np.where(search.best_open[:, None], costs, np.inf).argmin(axis=0)
    for warehouse in np.flatnonzero(search.best_open):
        start[opening[int(warehouse)]] = 1.0
    for customer, warehouse in enumerate(nearest):
        start[service[customer, int(warehouse)]] = 1.0

    def take(values: np.ndarray) -> None:
        is_open = np.zeros(len(search.fixed), dtype=bool)
        is_open[[i for i, column in opening.items() if values[column] > 0.5]] = True
        search.offer(is_open)

    outcome = mip.solve(
        seconds=search.reporter.remaining_seconds(),
        start=start,
        on_solution=take,
        on_bound=lambda bound: search.reporter.raise_bound(min(bound, search.best_cost)),
    )
    if outcome.values is not None:
        take(outcome.values)
    # Nothing that was fixed can beat the best known, so a proof of the rest is a proof of all.
    proven = outcome.status in ("optimal", "infeasible")
    search.reporter.raise_bound(search.best_cost if proven else min(outcome.bound, search.best_cost))


def _add_services(
    mip: Mip, opening: dict[int, int], costs: np.ndarray, prices: np.ndarray, gap: float
) -> dict[tuple[int, int], int]:
    service: dict[tuple[int, int], int] = {}
    candidates = np.array(sorted(opening))
    for customer in range(costs.shape[1]):
        near = candidates[costs[candidates, customer] - prices[customer] <= gap]
        for warehouse in map(int, near):
            column = mip.column(float(costs[warehouse, customer]))
            service[customer, warehouse] = column
            mip.row([(column, 1.0), (opening[warehouse], -1.0)], upper=0.0)
        mip.row([(service[customer, int(i)], 1.0) for i in near], lower=1.0, upper=1.0)
    return service


def _supply(is_open: np.ndarray, costs: np.ndarray) -> Supply:
    positions = np.flatnonzero(is_open)
    nearest = positions[costs[positions].argmin(axis=0)]
    used = np.unique(nearest)
    return Supply(
        open=tuple(map(int, used)),
        shares=tuple((customer, int(warehouse), 1.0) for customer, warehouse in enumerate(nearest)),
    )
