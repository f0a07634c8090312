"""The tables of budgets."""

from meridian.steering.budgets.models.lines import (
    CHANGES,
    EFFECTS,
    Activity,
    BudgetLine,
    Function,
    Fund,
)
from meridian.steering.budgets.models.proposals import FundingProposal
from meridian.steering.budgets.models.versions import BudgetVersion, PeriodKind, Stage

__all__ = [
    "CHANGES",
    "EFFECTS",
    "Activity",
    "BudgetLine",
    "BudgetVersion",
    "Function",
    "Fund",
    "PeriodKind",
    "FundingProposal",
    "Stage",
]
