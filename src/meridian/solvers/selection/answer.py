"""All that is asked of a problem at once: the best, its proof, prices, frontier and swaps, as JSON.

Amounts come back as text with the decimals they came with.
"""

import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from meridian.kernel.console import Fault
from meridian.solvers.selection.frontier import frontier, regret
from meridian.solvers.selection.problem import Ceiling, Portfolio, Problem
from meridian.solvers.selection.solve import PROVEN_SHARE, Bounded, OutOfTime, best, prices
from meridian.solvers.selection.swaps import Swap, swaps

VERSION = "1"
# What of the time the answer itself may take; frontier and swaps share the rest.
ANSWER_SHARE, SWAPS_SHARE = 0.4, 0.7


def answer(problem: Problem, *, stop_at: float, points: int, decimals: int) -> dict[str, Any]:
    """The answer as JSON. A `Fault` says when the limits can't be kept together."""
    started_at = time.monotonic()
    whole = stop_at - started_at
    try:
        found = best(problem, seconds=ANSWER_SHARE * whole)
    except OutOfTime:
        raise Fault("No portfolio was found in time.", "Give --seconds a larger number.") from None
    if found is None:
        raise Fault(
            "No portfolio keeps all limits: what is mandated does not fit under the ceilings.",
            "Raise a ceiling, or take something off the mandated projects.",
        )
    swaps_found = swaps(problem, found.portfolio, stop_at=started_at + SWAPS_SHARE * whole)
    points_found = frontier(problem, points=points, stop_at=stop_at)
    show = _Shown(problem, decimals)
    return {
        "version": VERSION,
        **show.bounded(found),
        "limits": [
            {
                **show.limit(price.limit),
                "used": show.amount(price.used),
                "free": show.amount(price.limit.amount - price.used),
                "price": f"{price.price:.6f}",
            }
            for price in prices(problem, found.portfolio)
        ],
        "frontier": [
            {**show.portfolio(point), "regret": show.amount(less)}
            for point, less in zip(points_found, regret(points_found), strict=True)
        ],
        "swaps": [show.swap(swap) for swap in swaps_found],
    }


class _Shown:
    """Puts amounts and names as JSON shows them."""

    def __init__(self, problem: Problem, decimals: int) -> None:
        self.problem, self.decimals = problem, decimals

    def amount(self, value: int | Fraction | float) -> str:
        whole = round(value if not isinstance(value, float) else Fraction(value))
        return str(Decimal(whole).scaleb(-self.decimals))

    def bounded(self, found: Bounded) -> dict[str, Any]:
        value = float(found.portfolio.value)
        # A bound rounds up to the last digit, or it would be none.
        gap = max(0.0, found.bound - value) / max(1.0, abs(value))
        return {
            "status": "proven" if found.proven else "feasible",
            **self.portfolio(found.portfolio),
            "bound": self.amount(found.portfolio.value if gap <= PROVEN_SHARE else found.bound + 1),
            "gap": f"{gap:.6f}",
            "left_out": [name for name in self.problem.projects if name not in found.portfolio.projects],
        }

    def portfolio(self, portfolio: Portfolio) -> dict[str, Any]:
        chosen = [self.problem.choices[at] for at in portfolio.taken]
        return {
            "value": self.amount(portfolio.value),
            "cost": self.amount(portfolio.cost),
            "taken": [{"project": choice.project, "option": choice.option} for choice in chosen],
        }

    def limit(self, limit: Any) -> dict[str, str]:
        if isinstance(limit, Ceiling):
            place = {"kind": "ceiling", "fund": limit.fund, "object": limit.object, "period": limit.period}
        else:
            place = {"kind": "capacity", "skill": limit.skill, "period": limit.period}
        return {**place, "amount": self.amount(limit.amount)}

    def swap(self, swap: Swap) -> dict[str, Any]:
        return {
            "project": swap.project,
            "forced": "in" if swap.forced_in else "out",
            "possible": swap.possible,
            "comes": list(swap.comes),
            "goes": list(swap.goes),
            "loss": self.amount(swap.loss),
            "cost_change": self.amount(swap.cost_change),
            "blockers": list(swap.blockers),
        }
