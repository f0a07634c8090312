"""Proving that the stored columns are what the event log says."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection

from meridian.work.servicedesk.models import WorkEvent, WorkItem
from meridian.work.servicedesk.rules import REFERENCES, Folded, Happening, fold

BATCH_ITEMS = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of an item that is stored otherwise than its events fold to."""

    number: str
    column: str
    stored: Any
    folded: Any


def refold(items: Iterable[int]) -> list[Difference]:
    """Fold the events of these items anew and compare every column that events decide."""
    keys = sorted(items)
    columns = {name: f"{name}_id" if name in REFERENCES else name for name in Folded.__slots__}
    differences: list[Difference] = []
    for start in range(0, len(keys), BATCH_ITEMS):
        chosen = keys[start : start + BATCH_ITEMS]
        truth = _fold_all(chosen)
        for key, number, *stored in WorkItem.objects.filter(pk__in=chosen).values_list(
            "pk", "number", *columns.values()
        ):
            folded = truth.get(key, Folded())
            differences += [
                Difference(number, name, value, getattr(folded, name))
                for name, value in zip(columns, stored, strict=True)
                if value != getattr(folded, name)
            ]
    return differences


def _fold_all(items: list[int]) -> dict[int, Folded]:
    rows = (
        WorkEvent.objects.filter(item__in=items)
        .order_by("item", "sequence")
        .values_list("item_id", "type", "at", "data")
    )
    return {
        item: fold(Happening(type, at, data) for _item, type, at, data in events)
        for item, events in groupby(rows, key=lambda row: row[0])
    }


def sample(amount: int) -> list[int]:
    """Ids of some `amount` items picked at random; of all items when there are no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM servicedesk_workitem")
        first, last = cursor.fetchone()
        if last - first < amount:
            return list(WorkItem.objects.values_list("pk", flat=True))
        cursor.execute(
            "SELECT DISTINCT found.id FROM generate_series(1, %s) AS turn,"
            " LATERAL (SELECT %s + floor(random() * %s + 0 * turn)::bigint AS wanted) AS drawn,"
            " LATERAL (SELECT id FROM servicedesk_workitem WHERE id >= drawn.wanted ORDER BY id LIMIT 1)"
            " AS found",
            [amount, first, last - first + 1],
        )
        return [key for (key,) in cursor.fetchall()]
