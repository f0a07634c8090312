"""How items stand to one another: wholes and parts, and what was merged into what."""

from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from meridian.work.items.models import Item
from meridian.work.items.queries.kin import kin_of, statement

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
PARENT = "parent"

PATH = """
WITH RECURSIVE path AS (
  SELECT merge.source_id, merge.target_id, merge.merged_at, 1 AS step
  FROM {merge} AS merge WHERE merge.source_id = %s AND merge.undone_at IS NULL
  UNION ALL
  SELECT merge.source_id, merge.target_id, merge.merged_at, path.step + 1
  FROM path JOIN {merge} AS merge
    ON merge.source_id = path.target_id AND merge.undone_at IS NULL
)
SELECT target_id, merged_at FROM path ORDER BY step
"""
GATHERED = """
WITH RECURSIVE gathered AS (
  SELECT id FROM {item} WHERE merged_into_id = %s
  UNION SELECT item.id FROM gathered JOIN {item} AS item ON item.merged_into_id = gathered.id
)
SELECT id FROM gathered
"""


class MergeStep(NamedTuple):
    """An item (its id) that another went into, and since when."""

    item: int
    since: datetime


def ancestors_of(model: type[Item], item: int) -> list[int]:
    """The items above this one, nearest first."""
    links = kin_of(model).link.objects.filter(type=PARENT)
    found: list[int] = []
    above: int | None = item
    while above := links.filter(target=above).values_list("source", flat=True).first():
        found.append(above)
    return found


def depth_below(model: type[Item], item: int) -> int:
    """How many levels the tree of parts has from this item down, itself counted."""
    links = kin_of(model).link.objects.filter(type=PARENT)
    depth, level = 0, {item}
    while level:
        depth += 1
        level = set(links.filter(source__in=level).values_list("target", flat=True))
    return depth


def ended_whole(model: type[I], item: int) -> I | None:
    """The nearest item above this one that has ended; None while all above it go on."""
    above = ancestors_of(model, item)
    found: dict[int, Any] = model._default_manager.in_bulk(above)
    return next((found[key] for key in above if not found[key].is_open), None)


def merge_path(item: Any) -> list[MergeStep]:
    """The items that this one went into, one after the other; empty when it was not merged."""
    if item.merged_into_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement(item.__class__, PATH), [item.pk])
        return [MergeStep(*row) for row in cursor.fetchall()]


def gathered_in(item: Item) -> list[int]:
    """The items that were merged into this one, also by way of others."""
    with connection.cursor() as cursor:
        cursor.execute(statement(type(item), GATHERED), [item.pk])
        return [key for (key,) in cursor.fetchall()]
