"""Opening the services of the demo organisation; all other writes are the standard ones."""

import json
from importlib import resources
from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.holdings.services.models import Offering, Service, Support

Unit, Person = reference("organisation.Unit"), reference("people.Person")
ConfigurationItem = reference("configuration.ConfigurationItem")
MOST_THINGS = 3


@command("services.service.open_demo", on=Service, title=_("open the services of the demo organisation"))
def open_demo(*, actor: Actor) -> Service | None:
    """The twelve core services that the yearly survey asks of, with offerings and what they rest on; once."""
    units = list(Unit.objects.filter(provides_ict=True).order_by("pk")[:3])
    if not units or Service.objects.exists():
        return Service.objects.first()
    text = (resources.files("meridian.holdings.services") / "data" / "demo.json").read_text(encoding="utf-8")
    told = json.loads(text)
    for place, said in enumerate(told["services"], start=1):
        unit = units[place % len(units)]
        owner = Person.objects.filter(affiliations__unit=unit, left_on=None).order_by("pk").first()
        if owner is not None:
            _offer(said, told["offerings"], place * 10, unit, owner)
    _rest_on_services(told["services"])
    return Service.objects.first()


def _offer(said: dict[str, Any], offerings: list[dict[str, Any]], place: int, unit: Any, owner: Any) -> None:
    row = Service.objects.create(
        code=said["code"],
        name=said["name"],
        description=said["description"],
        place=place,
        unit=unit,
        owner=owner,
    )
    for offering in offerings[: said["offerings"]]:
        Offering.objects.create(
            service=row,
            code=f"{row.code}-{offering['code']}",
            name=offering["name"],
            tier=min(4, said["tier"] + offering["below"]),
            availability_percent=offering["availability_percent"],
        )
    if said["applications"]:
        found = ConfigurationItem.objects.filter(
            kind="application", name__en__startswith=said["applications"]
        )
        Support.objects.bulk_create(
            Support(service=row, concerns=thing) for thing in found.order_by("reference")[:MOST_THINGS]
        )


def _rest_on_services(services: list[dict[str, Any]]) -> None:
    entries = {entry.code: entry for entry in ConfigurationItem.objects.filter(kind="service")}
    rows = {row.code: row for row in Service.objects.all()}
    Support.objects.bulk_create(
        Support(service=rows[said["code"]], concerns=entries[below])
        for said in services
        for below in said["rests_on"]
        if said["code"] in rows and below in entries
    )


def demo(actor: Actor) -> None:
    """What the demo organisation gets."""
    open_demo(actor=actor)
