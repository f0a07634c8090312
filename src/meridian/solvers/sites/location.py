"""What is known of one capacitated model: its arrays, the best plan and every opening already served."""

from collections.abc import Iterable

import numpy as np

from meridian.solvers.sites.pricing import serve_at_prices
from meridian.solvers.sites.transport import transport
from meridian.solvers.sites.warehouses import Supply, Warehouses
from meridian.solvers.solving.worker import Reporter

PROOF = 1e-9
SMALLEST_SHARE = 1e-9


class Location:
    """One model as arrays (warehouse by customer), the best plan known and every opening already served."""

    def __init__(self, model: Warehouses, reporter: Reporter) -> None:
        self.model, self.reporter = model, reporter
        self.costs = np.array(model.costs).T.copy()
        self.demands = np.array(model.demands)
        self.capacities = np.array(model.capacities)
        self.fixed = np.array(model.fixed_costs)
        self.need = float(self.demands.sum())
        self.best_cost = np.inf
        self.best_open: np.ndarray | None = None
        self.best_supply: Supply | None = None
        self.served: dict[bytes, float] = {}

    def offer(self, is_open: np.ndarray) -> float:
        """The least cost with exactly these open; a better plan than the best known is told."""
        key = np.packbits(is_open).tobytes()
        if key in self.served:
            return self.served[key]
        positions = np.flatnonzero(is_open)
        cost = np.inf
        if len(positions) and self.holds(is_open):
            service, shares = transport(self.costs[positions], self.demands, self.capacities[positions])
            cost = float(service + self.fixed[positions].sum())
            if cost < self.best_cost:
                self.take(positions, shares, cost)
        self.served[key] = cost
        return cost

    def settle(self, is_open: np.ndarray) -> float:
        """A bound, as good as can be, of every plan with exactly these open."""
        cost = self.offer(is_open)
        return cost if np.isfinite(cost) or not self.holds(is_open) else -np.inf

    def serve(self, prices: np.ndarray, state: np.ndarray, shares: np.ndarray) -> np.ndarray:
        """Rent of each warehouse at these prices; fills the suggested `shares`."""
        return serve_at_prices(self.costs, self.demands, self.capacities, self.fixed, prices, state, shares)

    def take(self, positions: np.ndarray, shares: np.ndarray, cost: float) -> None:
        """Keep and tell a plan better than the best known, given the shares of the open warehouses."""
        self.best_cost, self.best_supply = cost, supply_of(positions, shares)
        self.best_open = np.isin(np.arange(len(self.fixed)), positions)
        self.reporter.improve(cost, self.best_supply)

    def slack(self) -> float:
        """How near a bound counts as met."""
        return PROOF * max(1.0, abs(self.best_cost)) if self.best_open is not None else 0.0

    def holds(self, is_open: np.ndarray) -> bool:
        """Whether these have room for the whole demand."""
        return bool(self.capacities[is_open].sum() >= self.need * (1 - PROOF))

    def completed(self, is_open: np.ndarray, rents: np.ndarray) -> np.ndarray:
        """These and as many of least rent per room as the whole demand needs."""
        completed = is_open.copy()
        for extra in np.argsort(rents / np.maximum(self.capacities, PROOF), kind="stable"):
            if self.holds(completed):
                break
            completed[extra] = True
        return completed

    def exchange(self, candidates: np.ndarray, stop_at_seconds: float) -> None:
        """Close, open (one of `candidates`) or exchange warehouses of the best plan while that saves."""
        improved = True
        while improved and self.best_open is not None:
            before = self.best_cost
            for trial in _neighbours(self.best_open, candidates):
                if self.reporter.remaining_seconds() <= stop_at_seconds:
                    return
                self.offer(trial)
            improved = self.best_cost < before


def supply_of(positions: np.ndarray, shares: np.ndarray) -> Supply:
    """The plan with these open: specks of shares dropped, the rest of a customer scaled to one."""
    kept = np.where(shares > SMALLEST_SHARE, shares, 0.0)
    kept /= kept.sum(axis=0)
    parts = sorted(
        (int(customer), int(positions[at]), float(kept[at, customer]))
        for at, customer in zip(*np.nonzero(kept), strict=True)
    )
    return Supply(open=tuple(map(int, positions)), shares=tuple(parts))


def _neighbours(base: np.ndarray, candidates: np.ndarray) -> Iterable[np.ndarray]:
    for out in [*np.flatnonzero(base), None]:
        for into in [None, *candidates[~base[candidates]]]:
            trial = base.copy()
            trial[[at for at in (out, into) if at is not None]] ^= True
            yield trial
