"""Opening the cost centres of the demo organisation; all other writes are the standard ones."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.registers.cost_centres.models import CostCentre

Unit, Affiliation = reference("organisation.Unit"), reference("people.Affiliation")


@command(
    "cost_centres.costcentre.open_demo",
    on=CostCentre,
    title=_("open the cost centres of the demo organisation"),
)
def open_demo(*, actor: Actor) -> CostCentre | None:
    """One cost centre for each entity and ICT unit, owned by the first who works there."""
    known = set(CostCentre.objects.values_list("code", flat=True))
    first: dict[int, int] = {}
    for unit, person in (
        Affiliation.objects.filter(ends_on=None).order_by("-pk").values_list("unit", "person")
    ):
        first[unit] = person
    rows = [
        CostCentre(code=f"CC-{unit.code}"[:40], name=unit.name, unit=unit, owner_id=first[unit.pk])
        for unit in Unit.objects.order_by("pk")
        if unit.pk in first and f"CC-{unit.code}"[:40] not in known
    ]
    made = CostCentre.objects.bulk_create(rows)
    return made[0] if made else CostCentre.objects.first()


def demo(actor: Actor) -> None:
    """What the demo organisation gets."""
    open_demo(actor=actor)
