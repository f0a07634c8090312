"""The catalogue of the demo organisation, and orders of its people in every state."""

import itertools
import json
from datetime import date, timedelta
from importlib import resources
from typing import Any

from django.db.models import Q
from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.policies import Actor, system_actor
from meridian.engine.records import reference
from meridian.work.approvals.facade import decide_all
from meridian.work.catalogue.commands import (
    draft_version,
    finish_task,
    place_order,
    publish_version,
    put_in_basket,
)
from meridian.work.catalogue.commands.fulfilling import go_on_after_approval
from meridian.work.catalogue.models import Item, Task, Version

Person, Unit = reference("people.Person"), reference("organisation.Unit")
Service = reference("services.Service")
Affiliation, CostCentre = reference("people.Affiliation"), reference("cost_centres.CostCentre")
FIELDS = (
    "name",
    "summary",
    "questions",
    "approvals",
    "plan",
    "price",
    "price_unit",
    "is_chargeable",
    "level_hours",
)
HOUSE = system_actor("Demo loader")
# What becomes of the orders, in turn: how far each is taken.
FATES = ("approval", "fulfilment", "fulfilled", "rejected", "fulfilment", "approval", "fulfilled")
MOST_ORDERS = 24


def order_demo(actor: Actor) -> None:
    """Twenty-one items in six languages, and two dozen orders; once."""
    if Item.objects.exists():
        return
    kept_by = Unit.objects.filter(provides_ict=True).order_by("pk").first()
    owner = Person.objects.filter(affiliations__unit=kept_by, left_on=None).order_by("pk").first()
    if kept_by is None or owner is None:
        return
    text = (resources.files(__package__) / "data" / "demo.json").read_text(encoding="utf-8")
    with trail.entry("catalogue.item.open_demo", actor):
        versions = [_offer(actor, said, kept_by, owner) for said in json.loads(text)["items"]]
        _order(versions)


def _offer(actor: Actor, said: dict[str, Any], unit: Any, owner: Any) -> Version:
    item = Item.objects.create(
        code=said["code"],
        group=said["group"],
        icon=said["icon"],
        unit=unit,
        owner=owner,
        service=Service.objects.filter(code=said["service"]).first(),
    )
    row = draft_version(actor=actor, item=item, **{name: said[name] for name in FIELDS})
    return publish_version(actor=actor, row=row)


def _order(versions: list[Version]) -> None:
    """Let the guests first, and then colleagues of theirs, order something each."""
    guests = ("staff", "chief", "agent", "architect", "planner")
    named = Person.objects.filter(Q(account__username__in=guests)).order_by("pk")
    centres = list(CostCentre.objects.filter(closed_on=None).order_by("pk")[:MOST_ORDERS])
    people = [*named, *_colleagues(centres)]
    if not people or not centres:
        return
    fates = itertools.cycle(FATES)
    for number in range(MOST_ORDERS):
        person, version = people[number % len(people)], versions[number * 4 % len(versions)]
        centre = next((centre for centre in centres[number:] + centres if centre.owner_id != person.pk), None)
        # What nobody approves is fulfilled at once.
        _one(person, version, centre, next(fates) if version.approvals else "fulfilment")
    _one(_below_the_chief(), versions[0], centres[0], "approval")
    for person, version in zip(people[:3], versions[2:], strict=False):
        _one(person, version, None, "basket")


def _below_the_chief() -> Any:
    """Somebody whose laptop the guest “chief” decides on; else whoever comes first."""
    units = Affiliation.objects.filter(person__account__username="chief").values("unit")
    rows = Affiliation.objects.filter(unit__in=units, ends_on=None).exclude(person__account__username="chief")
    row = rows.select_related("person").order_by("pk").first()
    return row.person if row else Person.objects.order_by("pk").first()


def _colleagues(centres: list[Any]) -> list[Any]:
    """One person of the unit of each cost centre who does not own it."""
    owners = {centre.owner_id for centre in centres}
    found: dict[int, Any] = {}
    rows = Affiliation.objects.filter(unit__in=[centre.unit_id for centre in centres], ends_on=None)
    for row in rows.exclude(person__in=owners).select_related("person").order_by("-pk"):
        found[row.unit_id] = row.person
    return list(found.values())


def _one(person: Any, version: Version, centre: Any, fate: str) -> None:
    actor = Actor(None, person.pk, str(person), HOUSE.grants)
    answers = {field["key"]: _answer(field) for field in version.questions}
    order = put_in_basket(actor=actor, item_version=version, answers=answers)
    if fate == "basket":
        return
    try:
        place_order(actor=actor, row=order, cost_centre=centre)
    except Refusal:
        # Nobody is there who could approve it: it stays in the basket.
        return
    order.refresh_from_db()
    if order.state == "approval" and fate != "approval":
        decision = "rejected" if fate == "rejected" else "approved"
        decide_all(order, decision, "The budget of the year is spent.")
        go_on_after_approval(actor=HOUSE, row=order, decision=decision)
    if fate == "fulfilled":
        while task := Task.objects.filter(line__order=order, state="waiting").order_by("pk").first():
            finish_task(actor=HOUSE, row=task)


def _answer(field: dict[str, Any]) -> list[str]:
    if field["type"] in ("choice", "many"):
        return [field["options"][0]["key"]]
    soon: date = timezone.localdate() + timedelta(days=14)
    said = {"yes": "no", "number": "4", "date": soon.isoformat()}
    return [
        said.get(
            field["type"],
            {"room": "B-214", "addresses": "records@example.org"}.get(
                field["key"], "For the work of the unit"
            ),
        )
    ]
