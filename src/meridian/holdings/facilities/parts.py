"""What facilities say on the pages of others."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.pages.slots import Badge
from meridian.engine.policies import Actor
from meridian.holdings.facilities.models import Facility


def site_badges(actor: Actor, rows: Sequence[Any]) -> dict[int, Badge]:
    """Marks the sites where a data centre is open."""
    found = Facility.objects.permitted(actor, "view").filter(
        site__in=rows, kind=Facility.Kind.DATA_CENTRE, state=Facility.State.OPEN
    )
    return {site: Badge(_("Data centre"), "accent") for site in found.values_list("site", flat=True)}
