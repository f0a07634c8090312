"""What the inventory says on the pages of facilities."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from meridian.engine.design.tables import Cell
from meridian.engine.figures import number_text
from meridian.engine.pages.slots import ColumnPart, PanelPart
from meridian.engine.policies import Actor
from meridian.holdings.inventory.models import Life, Server


def facility_panel(actor: Actor, row: Any) -> PanelPart | None:
    """How many servers stand in a facility, by where they are in their lives."""
    servers = Server.objects.permitted(actor, "view").filter(facility=row).order_by()
    counts = dict(servers.values_list("state").annotate(Count("pk")))
    facts = [{"label": state.label, "text": number_text(counts[state])} for state in Life if state in counts]
    return PanelPart(_("Servers by state"), {"facts": facts}) if facts else None


def facility_column(actor: Actor, rows: Sequence[Any]) -> ColumnPart:
    """How many servers each facility holds, retired ones left out."""
    kept = Server.objects.permitted(actor, "view").filter(facility__in=rows).exclude(state=Life.RETIRED)
    counts = kept.order_by().values_list("facility").annotate(Count("pk"))
    cells = {facility: Cell(number_text(count), "number") for facility, count in counts}
    return ColumnPart(_("Servers"), cells, "number")
