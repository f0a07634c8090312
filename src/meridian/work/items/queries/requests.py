"""Items as whoever asked for them reads them: a `requester`, who may `follow` what they asked for."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q

from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import statement
from meridian.work.items.queries.links import merge_path
from meridian.work.items.queries.timeline import TimelineRow, timeline

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
MOST_REQUESTS = 50
# What became of the items of a requester that were merged: the state of the last of each chain.
LAST_STATES = """
WITH RECURSIVE path AS (
  SELECT item.id AS first, item.merged_into_id AS at FROM {item} AS item
  WHERE item.requester_id = %s AND item.merged_into_id IS NOT NULL
  UNION ALL
  SELECT path.first, item.merged_into_id FROM path JOIN {item} AS item ON item.id = path.at
  WHERE item.merged_into_id IS NOT NULL
)
SELECT path.first, item.state FROM path JOIN {item} AS item ON item.id = path.at
WHERE item.merged_into_id IS NULL
"""


def requests_of(
    model: type[I], actor: Actor, over: Collection[str], *, ended: bool, whole: bool = False
) -> Cut[I]:
    """What the actor asked for, the latest event first; with `ended` what is in the states of `over`.

    An item that was merged stands where the last of its chain stands.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement(model, LAST_STATES), [actor.person_id])
        last = dict(cursor.fetchall())
    gone = {key for key, state in last.items() if state in over}
    done = (Q(state__in=over) & ~Q(pk__in=last)) | Q(pk__in=gone)
    asked: Any = permitted_rows(model, actor, "follow")
    found = asked.filter(done) if ended else asked.exclude(done)
    rows = found.only("number", "title", "state", "updated_at").order_by("-updated_at", "-id")
    shown = cut(rows, len(rows) if whole else MOST_REQUESTS)
    for item in shown.shown:
        item.state = last.get(item.pk, item.state)
    return shown


def last_of(item: Any) -> Any:
    """Where things go on: the last of the chain that the item was merged into, else the item."""
    path = merge_path(item)
    return type(item).objects.get(pk=path[-1].item) if path else item


def conversation(item: Any, *, whole: bool = False) -> Cut[TimelineRow]:
    """The public events; of the items that this one went into, the desk's answers since."""
    own = timeline(item, internal=False, whole=whole)
    answers: list[TimelineRow] = []
    for step in merge_path(item):
        # Of the other items only the desk's words count: all of them are looked through.
        further = timeline(type(item)(pk=step.item), internal=False, since=step.since, whole=True)
        answers += [row for row in further.shown if row.data.get("by") == "desk" or row.type == "resolved"]
    return Cut(sorted([*own.shown, *answers], key=lambda row: row.at), own.of + len(answers))
