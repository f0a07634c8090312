"""Versions and lines: identities of the database, adoption, spending, review and pasting."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError
from house.factory import make

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.exchange.files import read_file
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import headings
from meridian.engine.policies import system_actor
from meridian.engine.resources import resource_of
from meridian.kernel.notation import Reader
from meridian.kernel.notation.pasting import PasteFault, read_paste
from meridian.registers.ledger import facade as ledger
from meridian.registers.ledger.contracts import DimensionName
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import BudgetLine, BudgetVersion, FundingProposal
from meridian.steering.budgets.queries.accounts import budget_against_actual, multi_year_account
from meridian.steering.budgets.queries.proposals import proposals_like

ACTOR = system_actor("tests")
WORDS, AMOUNTS = ("unit", "fund", "object"), ("base_usd", "technical_usd", "mandates_usd", "other_usd")
Unit = BudgetLine._meta.get_field("unit").related_model
Value = BudgetLine._meta.get_field("object").related_model
pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    ledger.name_dimensions(
        actor=ACTOR,
        names=[
            DimensionName(axis, code, {"en": code})
            for axis, code in (("object", "posts"), ("object", "travel_of_staff"), ("project", "desks"))
        ],
    )
    return commands.add_version(actor=ACTOR, period_kind="year", start_year=2026, stage="proposal")


def value(axis, code):
    return Value.objects.get(axis=axis, code=code)


def line(version, **fields):
    given = {"unit": make(Unit), "fund": "regular_budget", "object": value("object", "travel_of_staff")}
    return commands.add_line(actor=ACTOR, budget_version=version, **given | {"base_usd": 1000} | fields)


def test_the_columns_of_change_add_by_themselves(version):
    row = line(version, technical_usd="10.25", mandates_usd=-5, other_usd=2, change_reason="New mandate")
    row.refresh_from_db()
    assert row.change_usd == Decimal("7.25")
    assert row.before_recosting_usd == row.estimate_usd == Decimal("1007.25")
    with pytest.raises(DatabaseError, match="generated|DEFAULT"), trail.entry("test", ACTOR):
        BudgetLine.objects.raw("UPDATE budgets_budgetline SET change_usd = 0 RETURNING id")[0]


def test_a_change_without_reason_and_a_wrong_axis_are_refused(version):
    with pytest.raises(Refusal, match="reason"):
        line(version, other_usd=1)
    with pytest.raises(Refusal):
        line(version, object=value("project", "desks"))
    with pytest.raises(IntegrityError), trail.entry("test", ACTOR):
        BudgetLine.objects.create(budget_version=version, unit=make(Unit), fund="regular_budget", other_usd=1)


def test_periods_of_three_kinds():
    for kind, year, label in (
        ("year", 2026, "2026"),
        ("biennium", 2026, "2026-2027"),
        ("july_june", 2026, "2026/27"),
    ):
        made = commands.add_version(actor=ACTOR, period_kind=kind, start_year=year)
        assert made.period.label == label
    with pytest.raises(Refusal, match="even year"):
        commands.add_version(actor=ACTOR, period_kind="biennium", start_year=2027)


def test_recosting_sets_each_effect_and_adds(version):
    posts = line(version, object=value("object", "posts"), base_usd=1000)
    travel = line(version, base_usd="333.33")
    factors = {"inflation": 3, "exchange": -1, "vacancy": -10}
    changes = {f"{name}_percent": Decimal(percent) for name, percent in factors.items()}
    commands.recost_version(actor=ACTOR, row=version, together="shapley", **changes)
    posts.refresh_from_db()
    travel.refresh_from_db()
    assert posts.recosting_usd == Decimal("-82.27")
    assert posts.estimate_usd == Decimal("917.73")
    assert travel.vacancy_usd == 0
    assert travel.inflation_usd + travel.exchange_usd == travel.recosting_usd == Decimal("6.57")


def test_adoption_posts_to_the_ledger_and_locks(version):
    row = line(version, project=value("project", "desks"))
    commands.adopt_version(actor=ACTOR, row=version)
    row.refresh_from_db()
    with pytest.raises(Refusal, match="adopted"):
        commands.change_line(actor=ACTOR, row=row, base_usd=5)
    commands.record_expenditure(
        actor=ACTOR,
        row=version,
        line=row,
        amount_usd=Decimal(250),
        on=date(2026, 5, 1),
        description="Tickets",
    )
    (found,) = budget_against_actual(version)
    assert (found.budget_usd, found.actual_usd, found.left_usd, found.spent_percent) == (1000, 250, 750, 25)
    with pytest.raises(Refusal, match="outside"):
        commands.record_expenditure(
            actor=ACTOR, row=version, line=row, amount_usd=Decimal(1), on=date(2027, 5, 1), description=""
        )
    revised = commands.carry_version(actor=ACTOR, row=version, stage="revised")
    again = revised.lines.get()
    commands.change_line(actor=ACTOR, row=again, other_usd=-100, change_reason="Less travel")
    commands.adopt_version(actor=ACTOR, row=revised)
    (found,) = budget_against_actual(revised)
    assert found.budget_usd == 900
    (year,) = multi_year_account("desks")
    assert (year.period, year.carried_usd) == ("2026", 650)


def paste(version, text):
    units = {unit.code: unit for unit in Unit.objects.all()}
    return commands.paste_lines(
        actor=ACTOR, version=version, rows=read_paste(text, WORDS, AMOUNTS, Reader("en")), units=units
    )


def test_a_paste_adds_and_changes_lines(version):
    unit = make(Unit)
    text = (
        f"{unit.code}\tregular_budget\tposts\t1 000.50\t(10)\t\t\tLess\n\n{unit.code}\tregular_budget\t\t7\n"
    )
    assert paste(version, text) == (2, 0)
    assert paste(version, text.replace("1 000.50", "2,000").replace("Less", "Fewer")) == (0, 1)
    assert sorted(version.lines.values_list("before_recosting_usd", flat=True)) == [7, 1990]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("{unit}\tregular_budget\tposts\tmany", ("Row 1", "base_usd", "many")),
        ("{unit}\tcoffee\tposts\t1", ("Row 1", "fund", "coffee", "regular_budget")),
        ("{unit}\tregular_budget\tgold\t1", ("Row 1", "object", "gold")),
        ("nobody\tregular_budget\tposts\t1", ("Row 1", "unit", "nobody")),
        ("{unit}\tregular_budget\tposts\t1\t\t\t5", ("reason",)),
    ],
)
def test_a_faulty_cell_of_a_paste_is_named_and_nothing_is_taken_in(version, cells, words):
    unit = make(Unit)
    with pytest.raises((Refusal, PasteFault)) as caught:
        paste(version, cells.format(unit=unit.code))
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert version.lines.count() == 0


def proposal(**fields):
    given = {
        "code": f"P{FundingProposal.objects.count()}",
        "title": "Consolidate the regional data centre",
        "unit": make(Unit),
        "fund": "regular_budget",
        "need": "Two server rooms run half empty and their cooling fails in summer.",
        "solution": "Move the servers into one room and close the other.",
        "cost_usd": 100,
    }
    return commands.add_proposal(actor=ACTOR, **given | fields)


def found(findings: str, cost: int, benefit: int, risk: int):
    return {"findings": findings, "cost_score": cost, "benefit_score": benefit, "risk_score": risk}


def test_a_proposal_is_reviewed_before_it_is_submitted_and_decided_with_a_reason():
    row = proposal()
    with pytest.raises(Refusal, match="technical review"):
        commands.submit_proposal(actor=ACTOR, row=row)
    with pytest.raises(Refusal, match="1 to 5"):
        commands.review_proposal(actor=ACTOR, row=row, **found("Sound", 6, 3, 3))
    commands.review_proposal(actor=ACTOR, row=row, **found("Sound", 4, 3, 2))
    commands.submit_proposal(actor=ACTOR, row=row)
    with pytest.raises(Refusal, match="reason"):
        commands.decide_proposal(actor=ACTOR, row=row, decision="approved", reason=" ")
    decided = commands.decide_proposal(
        actor=ACTOR, row=row, decision="approved", reason="Pays back in a year"
    )
    assert decided.decided_at is not None
    with pytest.raises(Refusal, match="submitted"):
        commands.change_proposal(actor=ACTOR, row=decided, title="Another")
    with pytest.raises(IntegrityError), trail.entry("test", ACTOR):
        FundingProposal.objects.filter(pk=row.pk).update(review_findings="")


def test_proposals_that_read_alike_are_found_across_units_and_funds():
    row = proposal()
    twin = proposal(
        title="Consolidating the data centre of the region",
        fund="extrabudgetary",
        need="Two server rooms run half empty, and cooling fails in summer.",
    )
    proposal(title="Buy headsets", need="Agents can't hear callers.", solution="Order 200 headsets.")
    assert [alike.proposal for alike in proposals_like(row, ACTOR)] == [twin]


def test_versions_are_made_once():
    commands.add_version(actor=ACTOR, period_kind="year", start_year=2030)
    with pytest.raises(Refusal, match="already"):
        commands.add_version(actor=ACTOR, period_kind="year", start_year=2030)
    assert BudgetVersion.objects.filter(start_year=2030).count() == 1


def test_a_budget_line_is_changed_by_its_file_and_never_added_twice(version):
    row, resource = line(version), resource_of(BudgetLine)
    (texts,) = export_rows(resource, ACTOR, {})
    given = dict(zip(headings(resource), texts, strict=True))
    given |= {"technical_usd": "10.25", "change_reason": "New"}
    table = read_file("lines.json", json.dumps([given]).encode())
    report = import_rows(resource, ACTOR, table, dry=False)
    assert (report.faults, report.added, report.changed) == ([], 0, 1)
    row.refresh_from_db()
    assert (row.technical_usd, row.estimate_usd) == (Decimal("10.25"), Decimal("1010.25"))
    (texts,) = export_rows(resource, ACTOR, {})
    kept = dict(zip(headings(resource), texts, strict=True)) | {"estimate_usd": "5"}
    report = import_rows(resource, ACTOR, read_file("lines.json", json.dumps([kept]).encode()), dry=True)
    assert [fault.column for fault in report.faults] == ["estimate_usd"]
