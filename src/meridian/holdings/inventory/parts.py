"""What the inventory says on the pages of facilities."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from meridian.engine.design.tables import Cell
from meridian.engine.figures import number_text
from meridian.engine.listing.cut import Cut
from meridian.engine.modules.registry import listed_address
from meridian.engine.pages.first_page import Part, bars_of_choices, figures_of_references, list_url
from meridian.engine.pages.slots import ColumnPart, FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.holdings.inventory.models import Life, Server, Workstation

KEPT = [state for state in Life if state != Life.RETIRED]


def facility_panel(actor: Actor, row: Any) -> PanelPart | None:
    """How many servers stand in a facility, by where they are in their lives."""
    servers = Server.objects.permitted(actor, "view").filter(facility=row).order_by()
    counts = dict(servers.values_list("state").annotate(Count("pk")))
    facts = [_of_state(row, state, counts[state]) for state in Life if state in counts]
    return PanelPart(_("Servers by state"), {"facts": facts}) if facts else None


def _of_state(facility: Any, state: Life, count: int) -> dict[str, Any]:
    asked = {"facility": str(facility.pk), "state": state.value}
    proof = listed_address("inventory.server", count, asked)
    url = list_url(Server, **asked)
    return {"label": state.label, "text": number_text(count), "url": url, "proof": proof}


def facility_column(actor: Actor, rows: Sequence[Any]) -> ColumnPart:
    """How many servers each facility holds, retired ones left out."""
    kept = Server.objects.permitted(actor, "view").filter(facility__in=rows).exclude(state=Life.RETIRED)
    counts = kept.order_by().values_list("facility").annotate(Count("pk"))
    cells = {facility: _kept(facility, count) for facility, count in counts}
    return ColumnPart(_("Servers"), cells, "number")


def _kept(facility: int, count: int) -> Cell:
    asked: dict[str, Any] = {"facility": str(facility), "state": [state.value for state in KEPT]}
    proof = listed_address("inventory.server", count, asked)
    return Cell(number_text(count), "number", list_url(Server, **asked), proof=proof)


def own_inventory(request: Request) -> FirstPagePart | None:
    """How many servers and workstations each unit of the reader keeps."""
    servers, workstations = (
        figures_of_references(model.objects.permitted(request.actor, "change"), "unit", "code")
        for model in (Server, Workstation)
    )
    found = Cut([*servers.shown, *workstations.shown], servers.of + workstations.of)
    part = Part(_("What my units have"), list_url(Server), figures=found.shown, cut=found)
    return part.given() if found.of else None


def states_of_servers(request: Request) -> FirstPagePart:
    """All servers by state."""
    rows = Server.objects.permitted(request.actor)
    bars = bars_of_choices(rows, "state")
    return Part(_("Servers by state"), list_url(Server), bars=bars, empty=_("No server is recorded.")).given()
