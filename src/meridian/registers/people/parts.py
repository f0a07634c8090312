"""What the register of people says on first pages."""

from django.db.models import Q
from django.utils.translation import gettext as _

from meridian.engine.pages.first_page import Part, bars_of_references, list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.registers.people.models import Affiliation

VIEW = "people.affiliation.view"


def own_people(request: Request) -> FirstPagePart | None:
    """How many affiliations each unit has that the reader answers for."""
    paths = [path for path in request.actor.unit_paths(VIEW) if path]
    if not paths:
        return None
    here = Q(pk__in=())
    for path in paths:
        here |= Q(unit__path__startswith=path)
    rows = Affiliation.objects.permitted(request.actor).filter(here)
    bars = bars_of_references(rows, "unit", "code", "name")
    title = _("Affiliations of my units")
    return Part(title, list_url(Affiliation), bars=bars.shown, cut=bars).given() if bars.shown else None
