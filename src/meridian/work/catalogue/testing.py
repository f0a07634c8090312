"""Items and orders for tests."""

from typing import Any

from django.utils import timezone

from meridian.engine.policies import system_actor
from meridian.engine.records import reference
from meridian.work.catalogue.commands import draft_version, publish_version
from meridian.work.catalogue.models import Item, Order, OrderLine, Task, UsageFact, Version

TESTS = system_actor("tests")
Person = reference("people.Person")
CostCentre = reference("cost_centres.CostCentre")
Team = reference("servicedesk.Team")
SIX = ("en", "fr", "es", "ru", "zh-hans", "ar")


def six(text: str) -> dict[str, str]:
    """A text in all six languages."""
    return {code: f"{text} {code}" if code != "en" else text for code in SIX}


def offer(item: Item, **given: Any) -> Version:
    """Publish a version of an item, in six languages."""
    values = {
        "name": six("Laptop"),
        "summary": six("To work"),
        "plan": [{"key": "give", "name": six("Give"), "hours": 8}],
        **given,
    }
    return publish_version(actor=TESTS, row=draft_version(actor=TESTS, item=item, **values))


def _order(make: Any, number: int, **values: Any) -> Order:
    state = values.get("state", "approval")
    given = {
        "number": "" if state == "basket" else f"TEST{number}",
        "orderer": make(Person),
        "cost_centre": make(CostCentre),
        "state": state,
        "placed_at": None if state == "basket" else timezone.now(),
    }
    return Order.objects.create(**{**given, **values})


def _line(make: Any, number: int, **values: Any) -> OrderLine:
    given = {
        "order": values.pop("order", None) or make(Order, state=values.get("state", "approval")),
        "item_version": values.pop("item_version", None) or make(Version),
        "beneficiary": values.pop("beneficiary", None) or make(Person),
        "state": "approval",
    }
    return OrderLine.objects.create(**{**given, **values})


def _task(make: Any, number: int, **values: Any) -> Task:
    given = {
        "line": values.pop("line", None) or make(OrderLine),
        "key": f"task-{number}",
        "name": six("Give"),
        "team": values.pop("team", None) or make(Team),
        "state": "waiting",
    }
    return Task.objects.create(**{**given, **values})


FACTORIES: dict[type[Any], Any] = {
    Version: {"number": lambda number: number},
    Order: _order,
    OrderLine: _line,
    Task: _task,
    UsageFact: {"quantity": 1},
}
