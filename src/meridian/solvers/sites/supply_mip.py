"""Capacitated location as a mixed-integer program in strong form, for HiGHS to finish what a search left."""

import numpy as np

from meridian.solvers.sites.warehouses import Supply, Warehouses
from meridian.solvers.solving.mip import Mip, MipOutcome
from meridian.solvers.solving.worker import Reporter

SMALLEST_SHARE = 1e-9


class SupplyMip:
    """The model over warehouses that may open and services that may be used (warehouse by customer)."""

    def __init__(self, model: Warehouses, *, may_open: np.ndarray, must_open: np.ndarray, usable: np.ndarray):
        self.model, self.whole = model, model.single_source
        self.mip = Mip()
        self.opening = {
            int(i): self.mip.column(model.fixed_costs[i], lower=float(must_open[i]), integer=True)
            for i in np.flatnonzero(may_open)
        }
        self.service: dict[tuple[int, int], int] = {}
        for customer, costs in enumerate(model.costs):
            for warehouse in self.opening:
                if usable[warehouse, customer]:
                    self.service[customer, warehouse] = self.mip.column(costs[warehouse], integer=self.whole)
        self._add_rows()

    def _add_rows(self) -> None:
        by_customer: list[list[tuple[int, float]]] = [[] for _ in self.model.demands]
        load = {at: [(column, -self.model.capacities[at])] for at, column in self.opening.items()}
        for (customer, warehouse), column in self.service.items():
            by_customer[customer].append((column, 1.0))
            load[warehouse].append((column, self.model.demands[customer]))
            self.mip.row([(column, 1.0), (self.opening[warehouse], -1.0)], upper=0.0)
        for terms in by_customer:
            self.mip.row(terms, lower=1.0, upper=1.0)
        for terms in load.values():
            self.mip.row(terms, upper=0.0)
        need = sum(self.model.demands)
        self.mip.row([(c, self.model.capacities[w]) for w, c in self.opening.items()], lower=need)

    def finish(self, reporter: Reporter, best: Supply | None) -> MipOutcome:
        """Let HiGHS improve and prove what was left, from the best plan known."""

        def take(values: np.ndarray) -> None:
            supply = self.supply(values)
            reporter.improve(cost_of(self.model, supply), supply)

        def tell(bound: float) -> None:
            reporter.raise_bound(min(bound, reporter.objective))

        outcome = self.mip.solve(
            seconds=reporter.remaining_seconds(),
            start=self.start(best) if best else None,
            on_solution=take,
            on_bound=tell,
        )
        if outcome.values is not None:
            take(outcome.values)
        # A proof of what was left is a proof of all: nothing else can beat the best known.
        tell(np.inf if outcome.status in ("optimal", "infeasible") else outcome.bound)
        return outcome

    def supply(self, values: np.ndarray) -> Supply:
        """The plan in `values`: specks of shares dropped, the rest of a customer scaled to one."""
        shares: dict[int, list[tuple[int, float]]] = {}
        smallest = 0.5 if self.whole else SMALLEST_SHARE
        for (customer, warehouse), column in self.service.items():
            if values[column] > smallest:
                share = 1.0 if self.whole else float(values[column])
                shares.setdefault(customer, []).append((warehouse, share))
        plan = [
            (customer, warehouse, share / sum(each for _, each in parts))
            for customer, parts in sorted(shares.items())
            for warehouse, share in parts
        ]
        return Supply(open=tuple(sorted({warehouse for _, warehouse, _ in plan})), shares=tuple(plan))

    def start(self, supply: Supply) -> np.ndarray | None:
        """The values of a plan, or None when the model left out something it uses."""
        values = np.zeros(len(self.mip.costs))
        for customer, warehouse, share in supply.shares:
            if (customer, warehouse) not in self.service:
                return None
            values[self.service[customer, warehouse]] = share
            values[self.opening[warehouse]] = 1.0
        return values


def cost_of(model: Warehouses, supply: Supply) -> float:
    """The solver's own sum; the command adds up again with the independent check."""
    served = sum(share * model.costs[customer][warehouse] for customer, warehouse, share in supply.shares)
    return served + sum(model.fixed_costs[warehouse] for warehouse in supply.open)
