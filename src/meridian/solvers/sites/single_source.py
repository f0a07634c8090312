"""Single-source capacitated location: the same search with whole customers, HiGHS for what it leaves.

Relaxing "everyone is served once" leaves one 0/1 knapsack per warehouse, or a continuous one where
many small customers make both alike. Openings that the prices suggest are served by shares first;
only where that beats the best plan are the few shared customers given to one source, by repair,
shifts and swaps, and at last by a reduced assignment model (Guastaroba and Speranza 2014 call the
services that stay the kernel).
"""

import highspy
import numpy as np

from meridian.kernel.console import Fault
from meridian.solvers.sites.assignment import NOBODY, assign, serve_whole_at_prices
from meridian.solvers.sites.location import Location
from meridian.solvers.sites.pricing import CLOSED, FREE, OPEN, cheapest_cover
from meridian.solvers.sites.search import Node, Search
from meridian.solvers.sites.supply_mip import SupplyMip, cost_of
from meridian.solvers.sites.warehouses import Supply, Warehouses
from meridian.solvers.solving.worker import Reporter

GRID = 1_000
LARGEST_WHOLE_ROOM = 20_000
LARGEST_KNAPSACK_CELLS = 20_000_000
LARGEST_SERVICES_TO_FINISH = 40_000
SEARCH_SHARE = 0.4
SETTLING_SHARE = 0.2
MORE_ROOM = 0.01


class WholeLocation(Location):
    """A model whose customers are served whole; `offer` gives the cost by shares, a bound of each opening."""

    def __init__(self, model: Warehouses, reporter: Reporter) -> None:
        super().__init__(model, reporter)
        largest = float(self.capacities.max())
        numbers = np.concatenate([self.demands, self.capacities])
        whole = largest <= LARGEST_WHOLE_ROOM and bool(np.all(numbers == np.floor(numbers)))
        scale = 1.0 if whole else GRID / max(largest, 1e-9)
        self.weights = np.floor(self.demands * scale).astype(np.int64)
        self.rooms = np.floor(self.capacities * scale + 1e-9).astype(np.int64)
        self.packs = self.rooms.sum() * len(self.demands) <= LARGEST_KNAPSACK_CELLS
        self.margin = 0.0

    def serve(self, prices: np.ndarray, state: np.ndarray, shares: np.ndarray) -> np.ndarray:
        if not self.packs:
            return super().serve(prices, state, shares)
        return serve_whole_at_prices(
            self.costs, self.weights, self.rooms, self.fixed, prices, state == CLOSED, shares
        )

    def completed(self, is_open: np.ndarray, rents: np.ndarray) -> np.ndarray:
        """With more room than the demand needs, as long as whole customers did not fit."""
        need, self.need = self.need, self.need * (1 + self.margin)
        completed = super().completed(is_open, rents)
        self.need = need
        return completed

    def take(self, positions: np.ndarray, shares: np.ndarray, cost: float) -> None:
        home = assign(self.costs[positions], self.demands, self.capacities[positions], shares)
        if home[0] == NOBODY:
            self.margin += MORE_ROOM if self.best_open is None else 0.0
            return
        self.keep(_whole_supply(positions[home]))

    def keep(self, supply: Supply) -> None:
        """Tell a plan if it is the best so far."""
        cost = cost_of(self.model, supply)
        if cost >= self.best_cost:
            return
        self.best_cost, self.best_supply = cost, supply
        self.best_open = np.isin(np.arange(len(self.fixed)), supply.open)
        self.reporter.improve(cost, supply)

    def settle(self, is_open: np.ndarray) -> float:
        """Solve the assignment with exactly these open, less services that cannot beat the best plan."""
        if not self.holds(is_open):
            return np.inf
        everything = np.repeat(is_open[:, None], len(self.demands), axis=1)
        relaxed = SupplyMip(self.model, may_open=is_open, must_open=is_open, usable=everything)
        highs = relaxed.mip.highs(relaxed=True)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return self.offer(is_open)
        bound = float(highs.getInfo().objective_function_value)
        if bound >= self.best_cost - self.slack():
            return bound
        reduced = np.array(highs.getSolution().col_dual)
        usable = everything.copy()
        for (customer, warehouse), column in relaxed.service.items():
            usable[warehouse, customer] = bound + reduced[column] <= self.best_cost
        kernel = SupplyMip(self.model, may_open=is_open, must_open=is_open, usable=usable)
        outcome = kernel.mip.solve(
            seconds=self.reporter.remaining_seconds() * SETTLING_SHARE,
            on_solution=lambda values: self.keep(kernel.supply(values)),
        )
        if outcome.values is not None:
            self.keep(kernel.supply(outcome.values))
        return max(bound, outcome.bound)


def solve_single_source(model: Warehouses, reporter: Reporter) -> None:
    """Tell ever better plans and bounds until proven or out of time."""
    location = WholeLocation(model, reporter)
    finishes = location.costs.size <= LARGEST_SERVICES_TO_FINISH
    stop_at_seconds = reporter.remaining_seconds() * (1 - SEARCH_SHARE) if finishes else 0.0
    root = Search(location, stop_at_seconds).run()
    if reporter.bound < location.best_cost - location.slack() and reporter.remaining_seconds() > 0:
        rest = SupplyMip(
            model,
            may_open=root.state != CLOSED,
            must_open=root.state == OPEN,
            usable=_usable(location, root),
        )
        outcome = rest.finish(reporter, location.best_supply)
        if outcome.status == "infeasible" and location.best_supply is None:
            raise Fault(
                f"{model.instance}: the warehouses have room for the whole demand, "
                "but not for every customer from one source.",
                "Allow several sources, or raise a capacity.",
            )


def _usable(location: WholeLocation, root: Node) -> np.ndarray:
    """The services (warehouse by customer) that a plan better than the best known may use."""
    shares, chosen = np.zeros(location.costs.shape), np.zeros(len(root.state), bool)
    rents = location.serve(root.prices, root.state, shares)
    state, need = root.state, location.need
    total = cheapest_cover(rents, location.capacities, need, state, chosen)
    forced = np.zeros(len(state))
    for at in np.flatnonzero(state == FREE):
        trial = state.copy()
        trial[at] = OPEN
        forced[at] = cheapest_cover(rents, location.capacities, need, trial, chosen) - total
    lifted = root.prices.sum() + total + forced[:, None] + np.maximum(0.0, location.costs - root.prices)
    return (lifted <= location.best_cost + location.slack()) & (state != CLOSED)[:, None]


def _whole_supply(home: np.ndarray) -> Supply:
    return Supply(
        open=tuple(sorted(set(map(int, home)))),
        shares=tuple((customer, int(warehouse), 1.0) for customer, warehouse in enumerate(home)),
    )
