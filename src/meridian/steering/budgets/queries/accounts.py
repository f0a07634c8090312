"""Budget against actual figures, and the account of several years, from the ledger."""

from dataclasses import dataclass
from decimal import Decimal

from meridian.registers.ledger import facade as ledger
from meridian.steering.budgets.models import BudgetVersion
from meridian.steering.budgets.queries.labels import labels_of

CENTS = 2
# The account of each book on which it is added.
ACCOUNTS = {"budget": "budget:estimates", "actual": "actual:expenditure"}


@dataclass(frozen=True, slots=True)
class Against:
    """What was budgeted and what was spent, in USD, for a code on an axis."""

    key: str
    label: str
    budget_usd: Decimal
    actual_usd: Decimal

    @property
    def left_usd(self) -> Decimal:
        return self.budget_usd - self.actual_usd

    @property
    def spent_percent(self) -> Decimal | None:
        """Of the budget, one decimal; None without a budget."""
        return round(100 * self.actual_usd / self.budget_usd, 1) if self.budget_usd else None


def budget_against_actual(version: BudgetVersion, axis: str = "object") -> list[Against]:
    """The version's period by the values of an axis, in the order in which they were budgeted."""
    where = {"period": version.period.label}
    budget = _sums("budget", axis, where)
    actual = _sums("actual", axis, where)
    names = labels_of(axis)
    return [
        Against(key, names.get(key, key), budget.get(key, Decimal(0)), actual.get(key, Decimal(0)))
        for key in {**budget, **actual}
    ]


@dataclass(frozen=True, slots=True)
class YearOfAccount:
    """A period of an account over several: what came over, what was added and spent, what goes on."""

    period: str
    brought_usd: Decimal
    budget_usd: Decimal
    actual_usd: Decimal

    @property
    def carried_usd(self) -> Decimal:
        return self.brought_usd + self.budget_usd - self.actual_usd


def multi_year_account(project: str) -> list[YearOfAccount]:
    """The account of a project over all of its periods; a balance is carried to the next."""
    where = {"project": project}
    budget = _sums("budget", "period", where)
    actual = _sums("actual", "period", where)
    years, brought = [], Decimal(0)
    for period in sorted({*budget, *actual}):
        year = YearOfAccount(period, brought, budget.get(period, Decimal(0)), actual.get(period, Decimal(0)))
        years.append(year)
        brought = year.carried_usd
    return years


def _sums(book: str, axis: str, where: dict[str, str]) -> dict[str, Decimal]:
    found = ledger.balances(book, ACCOUNTS[book], (axis,), where)
    return {balance.keys[0]: Decimal(balance.amount).scaleb(-CENTS) for balance in found}
