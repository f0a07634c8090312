"""Budget rows in tests."""

from meridian.steering.budgets.models import BudgetLine, BudgetVersion

FACTORIES = {
    BudgetVersion: {"period_kind": "year", "start_year": lambda number: 2000 + number % 5000},
    BudgetLine: {"base_usd": 1000},
}
