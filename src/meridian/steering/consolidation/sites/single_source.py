"""Single-source capacitated location: Lagrangian bound, kernel search, then HiGHS for the proof.

Relaxing "everyone is served once" leaves one 0/1 knapsack per warehouse, solved on a grid of at
most `GRID` weights (demands rounded down, so that the bound stays a bound). The prices give the
kernel (Guastaroba and Speranza 2014): the warehouses and services most likely in a good plan,
solved first, then with further buckets beside them, each in a slice of the time.
"""

import numpy as np

from meridian.engine.solving.worker import Reporter
from meridian.steering.consolidation.sites.capacitated import SupplyMip, cost_of, finish
from meridian.steering.consolidation.sites.warehouses import Supply, Warehouses

GRID = 2_000
LARGEST_STEPS = 400
PRICING_SHARE = 0.35
KERNEL_SHARE = 0.6


class Pricing:
    """The Lagrangian of one model: prices in, bound and suggested service out."""

    def __init__(self, model: Warehouses) -> None:
        self.fixed = np.array(model.fixed_costs)
        self.costs = np.array(model.costs).T.copy()
        self.demands = np.array(model.demands)
        self.capacities = np.array(model.capacities)
        largest = float(self.capacities.max())
        whole = np.all(self.demands == np.floor(self.demands)) and np.all(
            self.capacities == np.floor(self.capacities)
        )
        scale = 1.0 if whole and largest <= GRID else GRID / max(largest, 1e-9)
        self.weights = np.floor(self.demands * scale).astype(np.int64)
        self.rooms = np.floor(self.capacities * scale + 1e-9).astype(np.int64)

    def evaluate(self, prices: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """Bound, rent of every warehouse, and service (warehouse by customer) at these prices."""
        profit = prices - self.costs
        service = np.zeros(self.costs.shape, bool)
        gains = np.zeros(len(self.fixed))
        for warehouse in range(len(self.fixed)):
            wanted = np.flatnonzero((profit[warehouse] > 0) & (self.demands <= self.capacities[warehouse]))
            gains[warehouse], chosen = self._pack(profit[warehouse, wanted], wanted, warehouse)
            service[warehouse, chosen] = True
        rent = self.fixed - gains
        service[rent >= 0] = False
        return float(prices.sum() + np.minimum(0.0, rent).sum()), rent, service

    def _pack(self, profit: np.ndarray, items: np.ndarray, warehouse: int) -> tuple[float, np.ndarray]:
        room = int(self.rooms[warehouse])
        weights = self.weights[items]
        if weights.sum() <= room:
            return float(profit.sum()), items
        best = np.zeros(room + 1)
        taken = np.zeros((len(items), room + 1), bool)
        for at, (weight, gain) in enumerate(zip(weights, profit, strict=True)):
            if weight > room:
                continue
            offered = best[: room + 1 - weight] + gain
            better = offered > best[weight:]
            taken[at, weight:] = better
            best[weight:] = np.where(better, offered, best[weight:])
        left, chosen = room, []
        for at in range(len(items) - 1, -1, -1):
            if taken[at, left]:
                chosen.append(items[at])
                left -= int(weights[at])
        return float(best[room]), np.array(chosen, dtype=int)


def solve_single_source(model: Warehouses, reporter: Reporter) -> None:
    """Tell ever better plans and bounds until proven or out of time."""
    pricing = Pricing(model)
    prices, rent, bound = _raise_prices(model, pricing, reporter)
    reduced = np.maximum(0.0, rent)[:, None] + np.maximum(0.0, pricing.costs - prices)
    best = _search_kernel(model, rent, reduced, reporter)
    gap = reporter.objective - bound
    openings, usable = np.ones(len(rent), bool), np.ones(reduced.shape, bool)
    if np.isfinite(gap):
        slack = gap + 1e-6 * max(1.0, abs(gap))
        openings, usable = rent <= slack, reduced <= slack
    rest = SupplyMip(model, openings, usable, whole=True, must_open=np.zeros(len(rent), bool))
    rest.strengthen_all()
    finish(rest, reporter, best)


def _raise_prices(
    model: Warehouses, pricing: Pricing, reporter: Reporter
) -> tuple[np.ndarray, np.ndarray, float]:
    count = min(1, len(pricing.fixed) - 1)
    prices = np.partition(pricing.costs, count, axis=0)[count].copy()
    stop_at_seconds = reporter.remaining_seconds() * (1 - PRICING_SHARE)
    best_bound, best_prices, best_rent, pace, stale = -np.inf, prices, pricing.fixed, 1.5, 0
    for step in range(LARGEST_STEPS):
        bound, rent, service = pricing.evaluate(prices)
        stale += 1
        if bound > best_bound:
            best_bound, best_prices, best_rent, stale = bound, prices.copy(), rent, 0
            reporter.raise_bound(min(bound, reporter.objective))
        if step % 10 == 0 or stale == 0:
            supply = _assign(model, pricing, rent)
            if supply is not None:
                reporter.improve(cost_of(model, supply), supply)
        if reporter.remaining_seconds() <= stop_at_seconds or pace < 1e-3:
            break
        if stale >= 15:
            pace, stale, prices = pace / 1.7, 0, best_prices.copy()
            continue
        slope = 1.0 - service.sum(axis=0)
        length = float(slope @ slope)
        if length == 0:
            break
        target = reporter.objective if np.isfinite(reporter.objective) else 1.05 * best_bound + 1.0
        prices = prices + pace * max(target - bound, 1e-9) / length * slope
    return best_prices, best_rent, best_bound


def _assign(model: Warehouses, pricing: Pricing, rent: np.ndarray) -> Supply | None:
    """Open by rent until the demand fits with some room, serve by regret, then shift what saves."""
    need = pricing.demands.sum()
    order = np.argsort(rent, kind="stable")
    chosen = rent < 0
    for warehouse in order:
        if pricing.capacities[chosen].sum() >= need * 1.02:
            break
        chosen[warehouse] = True
    positions = np.flatnonzero(chosen)
    free, home = pricing.capacities[positions].copy(), np.full(len(pricing.demands), -1)
    costs = pricing.costs[positions]
    spread = np.partition(costs, min(1, len(positions) - 1), axis=0)[min(1, len(positions) - 1)] - costs.min(
        axis=0
    )
    for customer in np.lexsort((-spread, -pricing.demands)):
        fits = free >= pricing.demands[customer]
        if not fits.any():
            return None
        home[customer] = np.where(fits, costs[:, customer], np.inf).argmin()
        free[home[customer]] -= pricing.demands[customer]
    _shift(costs, pricing.demands, free, home)
    served = positions[home]
    return Supply(
        open=tuple(sorted(set(map(int, served)))),
        shares=tuple((customer, int(warehouse), 1.0) for customer, warehouse in enumerate(served)),
    )


def _shift(costs: np.ndarray, demands: np.ndarray, free: np.ndarray, home: np.ndarray) -> None:
    moved = True
    while moved:
        moved = False
        for customer, warehouse in enumerate(home):
            fits = free >= demands[customer]
            fits[warehouse] = True
            better = int(np.where(fits, costs[:, customer], np.inf).argmin())
            if costs[better, customer] < costs[warehouse, customer] - 1e-9:
                free[warehouse] += demands[customer]
                free[better] -= demands[customer]
                home[customer], moved = better, True


def _search_kernel(
    model: Warehouses, rent: np.ndarray, reduced: np.ndarray, reporter: Reporter
) -> Supply | None:
    """Solve over the likeliest warehouses and services, then with each further bucket beside them."""
    order = np.argsort(rent, kind="stable")
    capacities = np.array(model.capacities)[order]
    fitting = int(np.searchsorted(np.cumsum(capacities), sum(model.demands) * 1.3)) + 1
    size = min(len(order), max(fitting, int((rent < 0).sum()), 4))
    kernel, best = list(order[:size]), None
    buckets = [order[at : at + size] for at in range(size, len(order), size)][:5]
    until_seconds = reporter.remaining_seconds() * (1 - KERNEL_SHARE)
    for turn, bucket in enumerate([order[:0], *buckets]):
        left_seconds = reporter.remaining_seconds() - until_seconds
        if left_seconds <= 0:
            break
        openings = np.zeros(len(rent), bool)
        openings[kernel] = True
        openings[bucket] = True
        part = SupplyMip(
            model, openings, _likely(reduced, openings), whole=True, must_open=np.zeros(len(rent), bool)
        )
        part.strengthen_all()
        if turn and np.isfinite(reporter.objective):
            part.mip.row([(part.opening[int(i)], 1.0) for i in bucket], lower=1.0)
        outcome = part.mip.solve(seconds=left_seconds / (len(buckets) + 1 - turn))
        if outcome.values is None:
            continue
        supply = part.supply(outcome.values)
        if reporter.improve(cost_of(model, supply), supply):
            best = supply
            kernel += [i for i in map(int, bucket) if i in supply.open]
    return best


def _likely(reduced: np.ndarray, openings: np.ndarray) -> np.ndarray:
    """Per customer the services of least reduced cost among the open: at most ten."""
    shown = np.where(openings[:, None], reduced, np.inf)
    count = min(10, len(reduced)) - 1
    return (shown <= np.partition(shown, count, axis=0)[count]) & openings[:, None]
