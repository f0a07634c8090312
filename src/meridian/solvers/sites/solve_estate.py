"""The worker process for estates: `python -m meridian.solvers.sites.solve_estate`."""

import numpy as np

from meridian.kernel.console import Fault
from meridian.solvers.sites.estate import Estate
from meridian.solvers.sites.estate_model import (
    EstateMip,
    can_hold,
    describe,
    quick_bound,
    rules_of,
)
from meridian.solvers.solving.conflict import smallest_conflict
from meridian.solvers.solving.worker import Reporter, serve


def solve_estate(estate: Estate, reporter: Reporter) -> None:
    """Tell ever better plans and bounds; an estate that cannot be housed names the rules at fault."""
    reporter.raise_bound(quick_bound(estate))
    rules = rules_of(estate)
    built = EstateMip(estate, frozenset(rules))
    costs = np.array(built.mip.costs)

    def take(values: np.ndarray) -> None:
        reporter.improve(float(costs @ np.round(values, 9)) + built.mip.offset, built.plan(values))

    outcome = built.mip.solve(
        seconds=reporter.remaining_seconds(),
        on_solution=take,
        on_bound=lambda bound: reporter.raise_bound(min(bound, reporter.objective)),
    )
    if outcome.status == "infeasible":
        at_fault = smallest_conflict(
            rules, lambda part: can_hold(estate, part, max(0.05, reporter.remaining_seconds() / 4))
        )
        if reporter.remaining_seconds() <= 0:
            raise Fault(
                "No plan can meet all rules of this estate; which of them clash was not found in time.",
                "Give --seconds a larger number.",
            )
        raise Fault(
            f"No plan can meet these together: {'; '.join(map(describe, at_fault))}.",
            "Give up or loosen one of them.",
        )
    if outcome.values is not None:
        take(outcome.values)
    reporter.raise_bound(
        reporter.objective if outcome.status == "optimal" else min(outcome.bound, reporter.objective)
    )


if __name__ == "__main__":
    serve(solve_estate)
