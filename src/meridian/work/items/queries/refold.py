"""Proving that the stored columns are what the event log says."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection

from meridian.work.items.contracts.folding import Folded, Happening, columns_of, fold
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import kin_of, statement

BATCH_ITEMS = 1_000
ENDS = "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM {item}"
DRAWN = """
SELECT DISTINCT found.id FROM generate_series(1, %s) AS turn,
LATERAL (SELECT %s + floor(random() * %s + 0 * turn)::bigint AS wanted) AS drawn,
LATERAL (SELECT id FROM {item} WHERE id >= drawn.wanted ORDER BY id LIMIT 1) AS found
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of an item that is stored otherwise than its events fold to."""

    number: str
    column: str
    stored: Any
    folded: Any


def refold(model: type[Item], items: Iterable[int]) -> list[Difference]:
    """Fold the events of these items anew and compare every column that events decide."""
    keys, columns = sorted(items), columns_of(model.folded)
    differences: list[Difference] = []
    for start in range(0, len(keys), BATCH_ITEMS):
        chosen = keys[start : start + BATCH_ITEMS]
        truth = _fold_all(model, chosen)
        rows = model._default_manager.filter(pk__in=chosen)
        for key, number, *stored in rows.values_list("pk", "number", *columns.values()):
            folded = truth.get(key, model.folded())
            differences += [
                Difference(number, name, value, getattr(folded, name))
                for name, value in zip(columns, stored, strict=True)
                if value != getattr(folded, name)
            ]
    return differences


def _fold_all(model: type[Item], items: list[int]) -> dict[int, Folded]:
    events = kin_of(model).event.objects.filter(item__in=items).order_by("item", "sequence")
    rows = events.values_list("item_id", "type", "at", "data")
    return {
        item: fold(model.folded, (Happening(type, at, data) for _item, type, at, data in happened))
        for item, happened in groupby(rows, key=lambda row: row[0])
    }


def sample(model: type[Item], amount: int) -> list[int]:
    """Ids of some `amount` items picked at random; of all items when there are no more."""
    with connection.cursor() as cursor:
        cursor.execute(statement(model, ENDS))
        first, last = cursor.fetchone()
        if last - first < amount:
            return list(model._default_manager.values_list("pk", flat=True))
        cursor.execute(statement(model, DRAWN), [amount, first, last - first + 1])
        return [key for (key,) in cursor.fetchall()]
