"""Branch and bound over the openings of a capacitated model: Lagrangian bounds, exact service of openings.

At each node subgradient steps on the customers' prices raise the bound of `pricing`; what the gap to the
best plan forbids is settled by rent. The openings that the prices suggest are served at least cost and
improved by exchanges. Branching settles the warehouse that the steps opened about half the time; a node
with nothing left to settle is one opening.
"""

import heapq
from dataclasses import dataclass, field

import numpy as np

from meridian.solvers.sites.location import Location
from meridian.solvers.sites.pricing import CLOSED, FREE, OPEN, cheapest_cover, fix_by_rent

NEAREST_EXCHANGES = 40
REMEMBERED = 0.05
NOTABLE = 1e-6
ROOT_SHARE = 0.4


@dataclass(frozen=True)
class Pace:
    """How steps are taken: at most `steps`, of length `first`, shrunk by `shrink` after `patience` vain."""

    steps: int
    first: float
    shrink: float
    patience: int


ROOT = Pace(steps=2_000, first=1.0, shrink=1.5, patience=20)
BRANCH = Pace(steps=120, first=0.15, shrink=1.6, patience=7)
OFFER_EVERY_STEPS = 10
MEMORY = 0.7
LEAST_PACE = 1e-3


@dataclass(order=True)
class Node:
    """A part of the openings: what is settled, the bound of all plans in it and the prices behind it."""

    bound: float
    turn: int
    state: np.ndarray = field(compare=False)
    prices: np.ndarray = field(compare=False)


class Search:
    """Branch and bound over the openings of one model."""

    def __init__(self, location: Location, stop_at_seconds: float = 0.0) -> None:
        self.location, self.reporter = location, location.reporter
        self.stop_at_seconds = stop_at_seconds
        self.shares = np.zeros(location.costs.shape)
        self.chosen = np.zeros(len(location.costs), bool)

    def run(self) -> Node:
        """Search until proven or only `stop_at_seconds` are left; returns the root, settled."""
        here, unsolved = self.location, np.inf
        root = self._begin()
        nodes, turn = self._branch(root, 0), 2
        while nodes and not self._is_late():
            node = heapq.heappop(nodes)
            self.reporter.raise_bound(min(node.bound, unsolved, here.best_cost))
            if self._is_beaten(node):
                break
            best_before = here.best_cost
            self._tighten(node, BRANCH)
            if here.best_cost < best_before:
                self._exchange()
            if self._is_beaten(node):
                continue
            self._settle(node)
            children = self._branch(node, turn)
            if not children:
                unsolved = min(unsolved, max(node.bound, here.settle(node.state == OPEN)))
            for child in children:
                heapq.heappush(nodes, child)
            turn += 2
        left = min((node.bound for node in nodes), default=np.inf)
        self.reporter.raise_bound(min(left, unsolved, here.best_cost))
        self._settle(root)
        return root

    def _begin(self) -> Node:
        here = self.location
        second = min(1, len(here.costs) - 1)
        prices = np.partition(here.costs, second, axis=0)[second].copy()
        root = Node(-np.inf, 0, np.zeros(len(here.costs), np.int64), prices)
        until_seconds = self.stop_at_seconds
        left_seconds = self.reporter.remaining_seconds() - until_seconds
        self.stop_at_seconds += max(0.0, left_seconds * (1 - ROOT_SHARE))
        self._tighten(root, ROOT)
        self.stop_at_seconds = until_seconds
        self._exchange()
        if here.best_open is not None:
            here.settle(here.best_open)
        self._settle(root)
        return root

    def _exchange(self) -> None:
        nearest = np.argsort(self.rents, kind="stable")[:NEAREST_EXCHANGES]
        self.location.exchange(nearest, self.stop_at_seconds)

    def _is_beaten(self, node: Node) -> bool:
        return node.bound >= self.location.best_cost - self.location.slack()

    def _is_late(self) -> bool:
        return self.reporter.remaining_seconds() <= self.stop_at_seconds

    def _tighten(self, node: Node, pace: Pace) -> None:
        """Raise the bound of `node` by steps on its prices; notes how often each warehouse was open."""
        here, chosen = self.location, self.chosen
        prices, length, stale, heading = node.prices.copy(), pace.first, 0, np.zeros(len(node.prices))
        best, likely = -np.inf, np.zeros(len(chosen))
        for step in range(pace.steps):
            rents = here.serve(prices, node.state, self.shares)
            bound = float(
                prices.sum() + cheapest_cover(rents, here.capacities, here.need, node.state, chosen)
            )
            if bound == np.inf:
                node.bound = bound
                break
            likely += (chosen - likely) * max(REMEMBERED, 1 / (step + 1))
            stale += 1
            if bound > best:
                stale = 0 if bound > best + NOTABLE * abs(bound) else stale
                best, node.prices, self.rents = bound, prices, rents
                node.bound = max(node.bound, bound)
                if node.turn == 0:
                    self.reporter.raise_bound(min(node.bound, here.best_cost))
            if step % OFFER_EVERY_STEPS == 0:
                here.offer(here.completed(chosen, rents))
            if node.bound >= here.best_cost - here.slack() or self._is_late():
                break
            slope = 1.0 - self.shares[chosen].sum(axis=0)
            if not slope.any():
                here.offer(chosen)
                break
            if stale >= pace.patience:
                length, stale, prices, heading = length / pace.shrink, 0, node.prices, heading * 0.0
                if length < LEAST_PACE:
                    break
                continue
            heading = slope + MEMORY * heading
            target = min(here.best_cost, best + 0.05 * abs(best) + 1.0)
            prices = prices + length * max(target - bound, here.slack()) / float(heading @ heading) * heading
        self.likely = likely

    def _settle(self, node: Node) -> None:
        """Settle what the gap to the best plan forbids, at the best prices of the node."""
        here = self.location
        rents = here.serve(node.prices, node.state, self.shares)
        cheapest_cover(rents, here.capacities, here.need, node.state, self.chosen)
        allowance = here.best_cost - here.slack() - node.prices.sum()
        if np.isfinite(allowance):
            fix_by_rent(rents, here.capacities, here.need, node.state, allowance, self.chosen)

    def _branch(self, node: Node, turn: int) -> list[Node]:
        """The two halves of a node, none when everything in it is settled."""
        free = np.flatnonzero(node.state == FREE)
        if not len(free):
            return []
        split = free[np.abs(self.likely[free] - 0.5).argmin()]
        halves = []
        for number, choice in enumerate((OPEN, CLOSED), 1):
            state = node.state.copy()
            state[split] = choice
            halves.append(Node(node.bound, turn + number, state, node.prices))
        return halves
