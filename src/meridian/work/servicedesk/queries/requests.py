"""Requests as whoever asked reads them."""

from django.db import connection
from django.db.models import Q

from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import Actor
from meridian.work.items.facade import TimelineRow, merge_path, timeline
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.rules import CANCELLED, CLOSED

MOST_REQUESTS = 50
# What became of the items of a requester that were merged: the state of the last of each chain.
LAST_STATES = """
WITH RECURSIVE path AS (
  SELECT item.id AS first, item.merged_into_id AS at FROM servicedesk_workitem AS item
  WHERE item.requester_id = %s AND item.merged_into_id IS NOT NULL
  UNION ALL
  SELECT path.first, item.merged_into_id FROM path JOIN servicedesk_workitem AS item ON item.id = path.at
  WHERE item.merged_into_id IS NOT NULL
)
SELECT path.first, item.state FROM path JOIN servicedesk_workitem AS item ON item.id = path.at
WHERE item.merged_into_id IS NULL
"""


def requests_of(actor: Actor, *, ended: bool, whole: bool = False) -> Cut[WorkItem]:
    """What the actor asked for, the latest event first; a solution to be confirmed hasn't ended.

    An item that was merged stands where the last of its chain stands.
    """
    with connection.cursor() as cursor:
        cursor.execute(LAST_STATES, [actor.person_id])
        last = dict(cursor.fetchall())
    over = {key for key, state in last.items() if state in (CLOSED, CANCELLED)}
    done = (Q(state__in=(CLOSED, CANCELLED)) & ~Q(pk__in=last)) | Q(pk__in=over)
    asked = WorkItem.objects.permitted(actor, "follow")
    found = asked.filter(done) if ended else asked.exclude(done)
    rows = found.only("number", "title", "state", "updated_at").order_by("-updated_at", "-id")
    shown = cut(rows, len(rows) if whole else MOST_REQUESTS)
    for item in shown.shown:
        item.state = last.get(item.pk, item.state)
    return shown


def last_of(item: WorkItem) -> WorkItem:
    """Where things go on: the last of the chain that the item was merged into, else the item."""
    path = merge_path(item)
    return WorkItem.objects.select_related("hold_reason").get(pk=path[-1].item) if path else item


def conversation(item: WorkItem, *, whole: bool = False) -> Cut[TimelineRow]:
    """The public events; of the items that this one went into, the desk's answers since."""
    own = timeline(item, internal=False, whole=whole)
    answers: list[TimelineRow] = []
    for step in merge_path(item):
        # Of the other items only the desk's words count: all of them are looked through.
        further = timeline(WorkItem(pk=step.item), internal=False, since=step.since, whole=True)
        answers += [row for row in further.shown if row.data.get("by") == "desk" or row.type == "resolved"]
    return Cut(sorted([*own.shown, *answers], key=lambda row: row.at), own.of + len(answers))
