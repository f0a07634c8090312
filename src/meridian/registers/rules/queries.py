"""The edition that holds on a day, and what it says of some inputs."""

from collections.abc import Mapping
from datetime import date

from meridian.registers.rules.contracts import Answer, RuleFault
from meridian.registers.rules.models import Edition, Rule
from meridian.registers.rules.rules import editions


def edition_on(code: str, day: date) -> Edition:
    """The published edition of a rule that holds on a day; none is a `RuleFault`."""
    found = (
        Edition.objects.filter(rule__code=code, starts_on__lte=day, published_at__isnull=False)
        .order_by("-starts_on")
        .first()
    )
    if found is None:
        raise RuleFault(f"No published edition of the rule “{code}” holds on {day}.")
    return found


def explain(code: str, on: date, given: Mapping[str, object]) -> Answer:
    """What the rule gives on a day, with every step; `RuleFault` says what is wrong."""
    return editions.explain(edition_on(code, on).body, given)


def rule_codes() -> list[str]:
    return list(Rule.objects.order_by("code").values_list("code", flat=True))
