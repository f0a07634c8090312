"""Beancount, which knows nothing of us, loads an export, checks it and comes to the same sums."""

from datetime import date
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core import data

from meridian.engine.policies import system_actor
from meridian.registers.ledger import commands
from meridian.registers.ledger.contracts import Dimensions, Draft, Leg
from meridian.registers.ledger.queries import balances, written_postings
from meridian.registers.ledger.rules import beancount_lines
from meridian.registers.ledger.testing import begin_chart

ACTOR = system_actor("tests")


@pytest.mark.django_db
def test_an_export_loads_and_balances():
    begin_chart()
    book = commands.open_book(actor=ACTOR, code="paper", name={"en": "Paper"}, kind="budget")
    fund = Dimensions(fund="regular_budget")
    drafts = [
        Draft(
            date(2026, 1, day),
            f'Line "{day}" \\ of a paper',
            (
                Leg("budget:estimates", unit, amount, fund),
                Leg("budget:authority", unit, -amount),
            ),
        )
        for day, unit, amount in ((1, "USD", 123_456), (2, "PERCENT", 15_000_000), (3, "USD", -5))
    ]
    commands.post_entries(actor=ACTOR, book=book, drafts=drafts)
    entry = book.entries.order_by("pk").first()
    commands.reverse_entry(actor=ACTOR, row=entry, on=date(2026, 2, 1))
    text = "\n".join(beancount_lines(written_postings(["paper"]), "Paper"))
    entries, errors, options = loader.load_string(text)
    assert errors == []
    assert options["title"] == "Paper"
    transactions = [entry for entry in entries if isinstance(entry, data.Transaction)]
    assert len(transactions) == 4
    assert transactions[-1].meta["reverses"] == entry.pk
    sums: dict[str, Decimal] = {}
    for transaction in transactions:
        for posting in transaction.postings:
            if posting.account == "Expenses:Budget:Estimates" and posting.units.currency == "USD":
                sums["USD"] = sums.get("USD", Decimal(0)) + posting.units.number
    (usd,) = balances("paper", "budget:estimates", (), {"fund": "regular_budget"})
    assert sums["USD"] == Decimal("-0.05")
    assert usd.amount == 15_000_000 - 5
