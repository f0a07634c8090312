"""The figures of an appraisal as they are printed: each with its unit and its decimals."""

from decimal import ROUND_HALF_UP, Decimal

from meridian.kernel.appraisal import Appraisal
from meridian.steering.portfolio.rules.flows import Flows

MILLION = Decimal(1_000_000)
HUNDRED = Decimal(100)
# What is in millions of US dollars, and what is a share in per cent; ratios and years are as they are.
MONEY = ("present_value", "worst_rate", "best_rate", "equivalent_annual", "cost")
SHARES = ("internal_rate", "modified_rate")
DECIMALS = {"benefit_cost_ratio": 2}
FIGURES = (*MONEY, *SHARES, "benefit_cost_ratio", "discounted_payback")


def figure_of(what: str, found: Appraisal, flows: Flows) -> Decimal | None:
    """One of `FIGURES`, in the unit in which it is printed; None where it doesn't exist."""
    value: Decimal | None
    if what == "cost":
        value = Decimal(sum(cost[1] for cost in flows.costs)) / HUNDRED
    elif what in ("worst_rate", "best_rate"):
        value = found.sensitivity[-1 if what == "worst_rate" else 0][1]
    else:
        value = getattr(found, what)
    if value is None:
        return None
    if what in MONEY:
        value /= MILLION
    return printed(value * HUNDRED if what in SHARES else value, DECIMALS.get(what, 1))


def printed(value: Decimal, decimals: int = 1) -> Decimal:
    """Rounded as it is printed: a half goes away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
