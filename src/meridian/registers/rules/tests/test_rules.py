"""The small language is exact, knows units, and can do nothing that it should not."""

from fractions import Fraction

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.policies import system_actor
from meridian.registers.rules import commands
from meridian.registers.rules.contracts import Amount, RuleFault
from meridian.registers.rules.models import Edition
from meridian.registers.rules.queries import edition_on, explain
from meridian.registers.rules.rules.editions import check_body, failed_examples
from meridian.registers.rules.rules.language import parse, work_out

ACTOR = system_actor("tests")
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=3)
BODY = {
    "inputs": {"hours": "hour", "grade": "word"},
    "constants": {"week": "40 hour"},
    "table": {
        "sets": "wage",
        "unit": "USD/hour",
        "rows": [
            {"when": {"grade": "P-4", "hours": "> 40"}, "value": "120"},
            {"when": {"grade": "P-4"}, "value": "100"},
        ],
    },
    "formulas": [{"name": "pay", "is": "min(hours, week) * wage"}],
    "outcome": "pay",
    "examples": [{"given": {"hours": "10", "grade": "P-4"}, "gives": "1000 USD"}],
}


@given(NUMBERS, NUMBERS, NUMBERS)
def test_sums_and_products_are_exact(a, b, c):
    values = {"a": Amount(Fraction(a)), "b": Amount(Fraction(b)), "c": Amount(Fraction(c))}
    assert (
        work_out("a * (b + c) - a / 7", values).number
        == Fraction(a) * (Fraction(b) + Fraction(c)) - Fraction(a) / 7
    )


def test_decimals_are_read_as_they_are_written():
    assert work_out("0.1 + 0.2", {}).number == Fraction(3, 10)
    assert work_out("12345678901234567890.123 - 0.123", {}).number == 12345678901234567890


def test_units_are_carried_and_do_not_mix():
    values = {"pay": Amount(Fraction(6), "USD/month"), "time": Amount(Fraction(2), "month")}
    assert work_out("pay * time", values) == Amount(Fraction(12), "USD")
    with pytest.raises(RuleFault, match="do not add"):
        work_out("pay + time", values)
    with pytest.raises(RuleFault, match="do not add"):
        work_out("max(pay, time)", values)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__",
        "a.b",
        "[1, 2]",
        "lambda: 1",
        "open('x')",
        "f'{1}'",
        "a[0]",
        "(a := 1)",
        "1 if",
        "round(1, ndigits=2)",
        "b'x'",
        "min(*a)",
        "9 " * 2000,
        "1" + "+1" * 90,
    ],
)
def test_nothing_else_is_allowed(text):
    with pytest.raises(RuleFault):
        parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 / 0", "zero"),
        ("2 ** 999", "power"),
        ("x + 1", "no value"),
        ("1 + (2 > 1)", "amount"),
        ("'a' < 1", "compared"),
    ],
)
def test_what_can_not_be_worked_out_says_why(text, words):
    with pytest.raises(RuleFault, match=words):
        work_out(text, {})


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_a_fault(text):
    try:
        found = work_out(text, {})
    except RuleFault:
        return
    assert isinstance(found, Amount | str | bool)


@pytest.fixture
def rule():
    return commands.add_rule(actor=ACTOR, code="pay", name={"en": "Pay"})


def draft(rule, **changes):
    return commands.add_edition(
        actor=ACTOR, rule=rule, starts_on="2026-01-01", source="Paper", body=BODY | changes
    )


@pytest.mark.django_db
def test_an_edition_is_published_when_its_examples_come_out(rule):
    published = commands.publish_edition(actor=ACTOR, row=draft(rule))
    answer = explain("pay", published.starts_on, {"hours": "50", "grade": "P-4"})
    assert answer.value == Amount(Fraction(4800), "USD")
    assert {step.name for step in answer.steps} == {"hours", "grade", "week", "wage", "pay"}
    assert answer.steps[3].expression.startswith("row 1")
    with pytest.raises(Refusal, match="stays"):
        commands.change_edition(actor=ACTOR, row=published, source="Other")
    with pytest.raises(IntegrityError, match="published"), trail.entry("test", ACTOR):
        Edition.objects.filter(pk=published.pk).update(source="Other")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"examples": []}, "worked example"),
        (
            {"examples": [{"given": {"hours": "10", "grade": "P-4"}, "gives": "999"}]},
            "Example 1 states 999 USD",
        ),
        ({"examples": [{"given": {"hours": "10", "grade": "X"}, "gives": "1"}]}, "No row of the table"),
        ({"formulas": [{"name": "pay", "is": "hours * salary"}]}, "salary"),
        ({"outcome": "nothing"}, "never worked out"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_faulty_edition_is_not_published(rule, changes, words):
    with pytest.raises(Refusal, match=words):
        commands.publish_edition(actor=ACTOR, row=draft(rule, **changes))


@pytest.mark.django_db
def test_the_edition_of_the_day_counts(rule):
    first = commands.publish_edition(actor=ACTOR, row=draft(rule))
    later = commands.add_edition(actor=ACTOR, rule=rule, starts_on="2027-01-01", source="Paper", body=BODY)
    assert edition_on("pay", "2027-06-01") == first
    commands.publish_edition(actor=ACTOR, row=later)
    assert edition_on("pay", "2027-06-01") == later
    with pytest.raises(RuleFault, match="holds on"):
        edition_on("pay", "2025-12-31")


@pytest.mark.django_db
def test_the_editions_of_a_new_house_give_their_examples():
    for edition in Edition.objects.all():
        check_body(edition.body)
        assert failed_examples(edition.body) == [], edition
