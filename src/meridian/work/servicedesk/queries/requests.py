"""Requests as whoever asked reads them."""

from datetime import datetime

from django.db.models import Q

from meridian.engine.policies import Actor
from meridian.work.servicedesk.models import Merge, WorkItem
from meridian.work.servicedesk.queries.items import TimelineRow, timeline
from meridian.work.servicedesk.rules import CANCELLED, CLOSED


def requests_of(actor: Actor, *, ended: bool, most: int = 50) -> list[WorkItem]:
    """What the actor asked for, the latest event first; a solution to be confirmed hasn't ended."""
    asked = WorkItem.objects.permitted(actor, "follow")
    done = Q(state__in=(CLOSED, CANCELLED))
    found = asked.filter(done) if ended else asked.exclude(done)
    shown = found.only("number", "title", "state", "updated_at")
    return list(shown.order_by("-updated_at", "-id")[:most])


def conversation(item: WorkItem) -> list[TimelineRow]:
    """The public events; of the item that this one was merged into, the desk's answers since."""
    rows = timeline(item, internal=False)
    if item.merged_into:
        further = timeline(item.merged_into, internal=False, since=_merged_at(item))
        rows += [row for row in further if row.data.get("by") == "desk" or row.type == "resolved"]
        rows.sort(key=lambda row: row.at)
    return rows


def _merged_at(item: WorkItem) -> datetime | None:
    """When the item was merged into the one it is merged into now."""
    merges = Merge.objects.filter(source=item, undone_at=None)
    return merges.values_list("merged_at", flat=True).first()
