"""Dual ascent for uncapacitated location (Erlenkotter 1978): plan and bound of a small model at once.

Every customer offers a price, raised step by step through its sorted costs; what a price exceeds
a cost by pays for that warehouse's opening. Nobody may pay a warehouse more than it costs, so the
sum of prices is a bound. Warehouses paid in full are the plan's candidates. Where plan and bound
differ, customers that pay for two open warehouses lower their price and others may rise instead.
It needs no library, so that a small model is answered before a solver has even started.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meridian.solvers.sites.warehouses import Supply, Warehouses

LARGEST_CELLS = 20_000
LARGEST_ROUNDS = 30
SLACK = 1e-9


@dataclass
class Prices:
    """Per customer its price; per warehouse what its opening still lacks."""

    offered: list[float]
    lacking: list[float]

    def copy(self) -> "Prices":
        return Prices(self.offered[:], self.lacking[:])

    @property
    def bound(self) -> float:
        return sum(self.offered)


class DualAscent:
    """Prices of one model, raised and adjusted."""

    def __init__(self, model: Warehouses) -> None:
        self.model = model
        self.customers = range(len(model.demands))
        self.levels = [sorted(set(costs)) for costs in model.costs]
        self.tolerance = SLACK * max(1.0, max(model.fixed_costs))

    def begin(self) -> Prices:
        return Prices([levels[0] for levels in self.levels], list(self.model.fixed_costs))

    def raise_prices(self, prices: Prices, customers: Iterable[int]) -> None:
        """Raise in turn, each to its next cost level or as far as the payment allows, until none can rise."""
        rising = list(customers)
        while rising:
            rising = [customer for customer in rising if self._raise_one(prices, customer)]

    def _raise_one(self, prices: Prices, customer: int) -> bool:
        """Raise one price; whether it stopped at a level, from which it may rise again."""
        costs, offered = self.model.costs[customer], prices.offered[customer]
        paid = [at for at, cost in enumerate(costs) if cost <= offered]
        room = min(prices.lacking[at] for at in paid)
        level = next((each for each in self.levels[customer] if each > offered), float("inf"))
        step = min(room, level - offered)
        if step <= 0:
            return False
        prices.offered[customer] = level if step < room else offered + step
        for at in paid:
            prices.lacking[at] = max(0.0, prices.lacking[at] - step)
        return step < room

    def open(self, prices: Prices) -> set[int]:
        """Warehouses paid in full: first those somebody cannot do without, then the nearest for the rest."""
        full = [at for at, lacking in enumerate(prices.lacking) if lacking <= self.tolerance]
        reach = [[at for at in full if self.model.costs[j][at] <= prices.offered[j]] for j in self.customers]
        chosen = {near[0] for near in reach if len(near) == 1}
        for customer, near in enumerate(reach):
            if near and not chosen.intersection(near):
                chosen.add(min(near, key=lambda at: self.model.costs[customer][at]))
        return chosen or {min(range(len(prices.lacking)), key=lambda at: prices.lacking[at])}

    def adjust(self, prices: Prices, chosen: set[int]) -> Iterator[Prices]:
        """Prices in which one customer that pays for two open warehouses has stepped down for others."""
        for customer in self.customers:
            costs, offered = self.model.costs[customer], prices.offered[customer]
            if sum(costs[at] < offered for at in chosen) < 2:
                continue
            lowered = prices.copy()
            level = max(each for each in self.levels[customer] if each < offered)
            lowered.offered[customer] = level
            freed = {at for at, cost in enumerate(costs) if cost < offered}
            for at in freed:
                lowered.lacking[at] += offered - level
            gaining = [
                j for j in self.customers if j != customer and self._reaches_only(prices, j, chosen, freed)
            ]
            self.raise_prices(lowered, gaining)
            self.raise_prices(lowered, [*gaining, customer])
            self.raise_prices(lowered, self.customers)
            yield lowered

    def _reaches_only(self, prices: Prices, customer: int, chosen: set[int], freed: set[int]) -> bool:
        near = [at for at in chosen if self.model.costs[customer][at] <= prices.offered[customer]]
        return len(near) == 1 and near[0] in freed

    def supply(self, chosen: set[int]) -> tuple[float, Supply]:
        """Everyone served from the nearest of `chosen`, those that serve nobody closed, and the cost."""
        nearest = [min(chosen, key=lambda at: (costs[at], at)) for costs in self.model.costs]
        used = set(nearest)
        cost = sum(self.model.fixed_costs[at] for at in used)
        cost += sum(self.model.costs[customer][at] for customer, at in enumerate(nearest))
        return cost, Supply(tuple(sorted(used)), tuple((j, at, 1.0) for j, at in enumerate(nearest)))


def ascend(model: Warehouses) -> tuple[float, Supply, float]:
    """Cost, plan and bound of an uncapacitated model; equal where the ascent proves its plan."""
    ascent = DualAscent(model)
    prices = ascent.begin()
    ascent.raise_prices(prices, ascent.customers)
    best = ascent.supply(ascent.open(prices))
    for _ in range(LARGEST_ROUNDS):
        if best[0] - prices.bound <= ascent.tolerance:
            break
        better = None
        for other in ascent.adjust(prices, ascent.open(prices)):
            best = min(best, ascent.supply(ascent.open(other)), key=lambda each: each[0])
            if other.bound > prices.bound + ascent.tolerance:
                better = other
                break
        if better is None:
            break
        prices = better
    return best[0], best[1], prices.bound
