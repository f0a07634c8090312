"""Capacitated location with fractional supply: strong relaxation by cuts, then HiGHS on what is left.

A share never exceeds its warehouse's opening (`x <= y`): there are customers times warehouses of
these rows and few of them bind, so they are added only where the relaxation breaks them. The
relaxation is a bound; with its reduced costs and a rounded plan, openings and shares that cannot
be in a better plan are fixed before the search for a proof.
"""

import highspy
import numpy as np

from meridian.engine.solving.mip import Mip
from meridian.engine.solving.worker import Reporter
from meridian.steering.consolidation.sites.warehouses import Supply, Warehouses

BROKEN = 1e-6
SMALLEST_SHARE = 1e-9
LARGEST_ROUNDS = 60


class SupplyMip:
    """The location model over chosen services, and the reading of its values as a plan."""

    def __init__(
        self,
        model: Warehouses,
        openings: np.ndarray,
        usable: np.ndarray,
        *,
        whole: bool,
        must_open: np.ndarray,
    ) -> None:
        self.model, self.whole = model, whole
        self.mip = Mip()
        self.opening = {
            int(i): self.mip.column(model.fixed_costs[i], lower=float(must_open[i]), integer=True)
            for i in np.flatnonzero(openings)
        }
        self.service: dict[tuple[int, int], int] = {}
        self._strengthened: set[tuple[int, int]] = set()
        for customer, costs in enumerate(model.costs):
            for warehouse in self.opening:
                if usable[warehouse, customer]:
                    self.service[customer, warehouse] = self.mip.column(costs[warehouse], integer=whole)
        self._add_rows()

    def _add_rows(self) -> None:
        by_customer: list[list[tuple[int, float]]] = [[] for _ in self.model.demands]
        load = {
            warehouse: [(column, -self.model.capacities[warehouse])]
            for warehouse, column in self.opening.items()
        }
        for (customer, warehouse), column in self.service.items():
            by_customer[customer].append((column, 1.0))
            load[warehouse].append((column, self.model.demands[customer]))
        for terms in by_customer:
            self.mip.row(terms, lower=1.0, upper=1.0)
        for terms in load.values():
            self.mip.row(terms, upper=0.0)
        need = sum(self.model.demands)
        self.mip.row([(c, self.model.capacities[w]) for w, c in self.opening.items()], lower=need)

    def strengthen(self, values: np.ndarray) -> int:
        """Add `x <= y` where `values` break it; returns how many rows were added."""
        added = 0
        for (customer, warehouse), column in self.service.items():
            if values[column] > values[self.opening[warehouse]] + BROKEN:
                added += self._strengthen_one(customer, warehouse)
        return added

    def strengthen_like(self, other: "SupplyMip") -> None:
        """Add the rows that another model of the same problem was strengthened by."""
        for customer, warehouse in other._strengthened & self.service.keys():
            self._strengthen_one(customer, warehouse)

    def strengthen_all(self) -> None:
        for customer, warehouse in self.service:
            self._strengthen_one(customer, warehouse)

    def _strengthen_one(self, customer: int, warehouse: int) -> int:
        if (customer, warehouse) in self._strengthened:
            return 0
        self._strengthened.add((customer, warehouse))
        self.mip.row([(self.service[customer, warehouse], 1.0), (self.opening[warehouse], -1.0)], upper=0.0)
        return 1

    def supply(self, values: np.ndarray) -> Supply:
        """The plan in `values`: specks of shares dropped, the rest of a customer scaled to one."""
        shares: dict[int, list[tuple[int, float]]] = {}
        smallest = 0.5 if self.whole else SMALLEST_SHARE
        for (customer, warehouse), column in self.service.items():
            if values[column] > smallest:
                shares.setdefault(customer, []).append(
                    (warehouse, 1.0 if self.whole else float(values[column]))
                )
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


def solve_capacitated(model: Warehouses, reporter: Reporter) -> None:
    """Tell ever better plans and bounds until proven or out of time."""
    sizes = (len(model.capacities), len(model.demands))
    everything = SupplyMip(
        model, np.ones(sizes[0], bool), np.ones(sizes, bool), whole=False, must_open=np.zeros(sizes[0])
    )
    relaxation = _relax(everything, reporter)
    if relaxation is None:
        return
    bound, values, reduced = relaxation
    reporter.raise_bound(bound)
    best = _round(model, everything, values, reporter)
    if best is None:
        openings, usable, must_open = np.ones(sizes[0], bool), np.ones(sizes, bool), np.zeros(sizes[0], bool)
    else:
        openings, usable, must_open = _fix(everything, reduced, reporter.objective - bound, sizes)
    rest = SupplyMip(model, openings, usable, whole=False, must_open=must_open)
    rest.strengthen_like(everything)
    finish(rest, reporter, best)


def finish(rest: SupplyMip, reporter: Reporter, best: Supply | None) -> None:
    """Let HiGHS improve and prove what fixing left; a proof of the rest is a proof of all."""

    def take(values: np.ndarray) -> None:
        supply = rest.supply(values)
        if len(supply.shares) >= len(rest.model.demands):
            reporter.improve(cost_of(rest.model, supply), supply)

    outcome = rest.mip.solve(
        seconds=reporter.remaining_seconds(),
        start=rest.start(best) if best else None,
        on_solution=take,
        on_bound=lambda bound: reporter.raise_bound(min(bound, reporter.objective)),
    )
    if outcome.values is not None:
        take(outcome.values)
    proven = outcome.status in ("optimal", "infeasible")
    reporter.raise_bound(reporter.objective if proven else min(outcome.bound, reporter.objective))


def _relax(everything: SupplyMip, reporter: Reporter) -> tuple[float, np.ndarray, np.ndarray] | None:
    """Solve the relaxation, adding broken rows until none is; each round is a bound."""
    relaxation = None
    highs = everything.mip.highs(relaxed=True)
    for _ in range(LARGEST_ROUNDS):
        if reporter.remaining_seconds() <= 0:
            break
        highs.setOptionValue("time_limit", highs.getRunTime() + reporter.remaining_seconds())
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        solution = highs.getSolution()
        values = np.array(solution.col_value)
        relaxation = (highs.getInfo().objective_function_value, values, np.array(solution.col_dual))
        reporter.raise_bound(relaxation[0])
        if not np.isfinite(reporter.objective):
            _round(everything.model, everything, values, reporter)
        added = everything.strengthen(values)
        if not added:
            break
        everything.mip.append_last_rows(highs, added)
    return relaxation


def _round(model: Warehouses, everything: SupplyMip, values: np.ndarray, reporter: Reporter) -> Supply | None:
    """Open what the relaxation opens most until the demand fits, and serve at least cost from there."""
    capacities, need = np.array(model.capacities), sum(model.demands)
    weight = np.array([values[everything.opening[i]] for i in range(len(model.capacities))])
    best: Supply | None = None
    for threshold in (0.5, 0.3, 0.1, 1e-6):
        chosen = weight >= threshold
        for extra in np.argsort(-weight, kind="stable"):
            if capacities[chosen].sum() >= need:
                break
            chosen[extra] = True
        if reporter.remaining_seconds() <= 0:
            break
        supply = _serve(model, chosen)
        if supply is not None and reporter.improve(cost_of(model, supply), supply):
            best = supply
    return best


def _serve(model: Warehouses, chosen: np.ndarray) -> Supply | None:
    usable = np.repeat(chosen[:, None], len(model.demands), axis=1)
    fixed = SupplyMip(model, chosen, usable, whole=False, must_open=chosen)
    highs = fixed.mip.highs(relaxed=True)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return fixed.supply(np.array(highs.getSolution().col_value))


def _fix(
    everything: SupplyMip, reduced: np.ndarray, gap: float, sizes: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What may be open, what may be served, what must be open, by reduced cost against the gap."""
    slack = gap + 1e-6 * max(1.0, abs(gap))
    opening = np.array([reduced[everything.opening[i]] for i in range(sizes[0])])
    usable = np.ones(sizes, bool)
    for (customer, warehouse), column in everything.service.items():
        usable[warehouse, customer] = reduced[column] <= slack
    return opening <= slack, usable, opening < -slack
