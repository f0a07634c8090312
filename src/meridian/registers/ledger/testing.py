"""Ledger rows in tests: a posting needs its counterpart, and codes have a form."""

from datetime import date

from meridian.engine.policies import system_actor
from meridian.registers.ledger.commands import add_account, add_unit, name_dimensions, post_entry
from meridian.registers.ledger.contracts import DimensionName, Draft, Leg
from meridian.registers.ledger.models import (
    Account,
    Book,
    Coding,
    DimensionValue,
    LedgerUnit,
    Period,
    Posting,
)

UNITS = {"USD": 2, "PERCENT": 6}
ACCOUNTS = {"budget:estimates": "expenses", "budget:authority": "equity"}


def begin_chart():
    """The units, accounts and funds that a test posts to, where a flush took those of the migration."""
    actor = system_actor("tests")
    for code, decimals in UNITS.items():
        if not LedgerUnit.objects.filter(code=code).exists():
            add_unit(actor=actor, code=code, decimals=decimals, name={"en": code})
    for code, kind in ACCOUNTS.items():
        if not Account.objects.filter(code=code).exists():
            add_account(actor=actor, code=code, kind=kind, name={"en": code})
    name_dimensions(actor=actor, names=[DimensionName("fund", "regular_budget", {"en": "Regular budget"})])


def make_posting(make, number, **values):
    account, unit = values.get("account") or make(Account), values.get("unit") or make(LedgerUnit)
    amount = values.get("amount_smallest_units", 100)
    legs = (Leg(account.code, unit.code, amount), Leg(account.code, unit.code, -amount))
    draft = Draft(date(2026, 3, 1), f"Entry {number}", legs)
    entry = post_entry(actor=system_actor("tests"), book=values.get("book") or make(Book), draft=draft)
    return entry.postings.order_by("pk").first()


def make_coding(make, number, **values):
    row = Coding(**values) if values else Coding(project=make(DimensionValue, axis="project"))
    row.save()
    return row


FACTORIES = {
    LedgerUnit: {"code": lambda number: f"UNIT{number}"},
    Account: {"code": lambda number: f"expenses:account-{number}"},
    DimensionValue: {"code": lambda number: f"value_{number}", "axis": "project"},
    Coding: make_coding,
    Period: {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1)},
    Posting: make_posting,
}
