"""What facilities say on the pages of others."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.pages.first_page import Part, bars_of_choices, figures_of_references, list_url
from meridian.engine.pages.slots import Badge, FirstPagePart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.holdings.facilities.models import Facility


def site_badges(actor: Actor, rows: Sequence[Any]) -> dict[int, Badge]:
    """Marks the sites where a data centre is open."""
    found = Facility.objects.permitted(actor, "view").filter(
        site__in=rows, kind=Facility.Kind.DATA_CENTRE, state=Facility.State.OPEN
    )
    return {site: Badge(_("Data centre"), "accent") for site in found.values_list("site", flat=True)}


def own_facilities(request: Request) -> FirstPagePart | None:
    """How many facilities each unit of the reader runs."""
    found = figures_of_references(Facility.objects.permitted(request.actor, "change"), "unit", "code")
    part = Part(_("Facilities we run"), list_url(Facility), figures=found.shown, cut=found)
    return part.given() if found.of else None


def kinds_of_facilities(request: Request) -> FirstPagePart:
    """All facilities by kind."""
    bars = bars_of_choices(Facility.objects.permitted(request.actor), "kind")
    title, empty = _("Facilities by kind"), _("No facility is recorded.")
    return Part(title, list_url(Facility), bars=bars, empty=empty).given()
