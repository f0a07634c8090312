"""Requests as whoever asked reads them."""

from datetime import datetime

from django.db.models import Q

from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import Actor
from meridian.work.servicedesk.models import Merge, WorkItem
from meridian.work.servicedesk.queries.items import TimelineRow, timeline
from meridian.work.servicedesk.rules import CANCELLED, CLOSED

MOST_REQUESTS = 50


def requests_of(actor: Actor, *, ended: bool, whole: bool = False) -> Cut[WorkItem]:
    """What the actor asked for, the latest event first; a solution to be confirmed hasn't ended."""
    asked = WorkItem.objects.permitted(actor, "follow")
    done = Q(state__in=(CLOSED, CANCELLED))
    found = asked.filter(done) if ended else asked.exclude(done)
    shown = found.only("number", "title", "state", "updated_at").order_by("-updated_at", "-id")
    return cut(shown, len(shown) if whole else MOST_REQUESTS)


def conversation(item: WorkItem, *, whole: bool = False) -> Cut[TimelineRow]:
    """The public events; of the item that this one was merged into, the desk's answers since."""
    own = timeline(item, internal=False, whole=whole)
    if not item.merged_into:
        return own
    # Of the other item only the desk's words count: all of them are looked through.
    further = timeline(item.merged_into, internal=False, since=_merged_at(item), whole=True)
    answers = [row for row in further.shown if row.data.get("by") == "desk" or row.type == "resolved"]
    return Cut(sorted([*own.shown, *answers], key=lambda row: row.at), own.of + len(answers))


def _merged_at(item: WorkItem) -> datetime | None:
    """When the item was merged into the one it is merged into now."""
    merges = Merge.objects.filter(source=item, undone_at=None)
    return merges.values_list("merged_at", flat=True).first()
