"""What the register of places says on first pages."""

from django.utils.translation import gettext as _

from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task, bars_of_choices, list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.registers.places.models import Site

TONES = {
    Site.Criticality.VITAL: "bad",
    Site.Criticality.HIGH: "watch",
    Site.Criticality.NORMAL: "accent",
    Site.Criticality.LOW: "still",
}


def criticality_of_sites(request: Request) -> FirstPagePart:
    """All sites by how much hangs on them."""
    bars = bars_of_choices(Site.objects.permitted(request.actor), "criticality", TONES)
    return Part(_("Sites by criticality"), list_url(Site), bars=bars, empty=_("No site is recorded.")).given()


def bandwidth_of_sites(request: Request) -> FirstPagePart:
    """All sites by how they are connected."""
    bars = bars_of_choices(Site.objects.permitted(request.actor), "bandwidth_class")
    return Part(_("Sites by bandwidth"), list_url(Site), bars=bars, empty=_("No site is recorded.")).given()


def weakly_connected(request: Request) -> FirstPagePart | None:
    """Vital sites that a thin line alone connects."""
    rows = Site.objects.permitted(request.actor).filter(
        criticality=Site.Criticality.VITAL, bandwidth_class="D"
    )
    found = cut(rows.select_related("duty_station").order_by("code"), MOST_TASKS)
    if not found.shown:
        return None
    tasks = [
        Task(
            site.name,
            url_of(site),
            str(site.duty_station),
            str(site.get_criticality_display()),
            TONES[site.criticality],
        )
        for site in found.shown
    ]
    return Part(
        _("Vital sites on a thin line"),
        list_url(Site, criticality="1", bandwidth_class="D"),
        tasks=tasks,
        cut=found,
    ).given()
