"""Opening an item: its row, its first event and what was said, in one statement."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from meridian.engine.numbering import Series
from meridian.work.items.commands.log import data_of
from meridian.work.items.contracts.folding import columns_of
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import kin_of

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
INSERTION = (
    "WITH item AS (INSERT INTO {item} (number, {columns})"
    " SELECT %(prefix)s || lpad(next::text, greatest(length(next::text), %(digits)s), '0'), {values}"
    " FROM nextval(%(sequence)s::regclass) AS next RETURNING id, number),"
    " event AS (INSERT INTO {event} (item_id, sequence, at, actor_id, type, data)"
    " SELECT id, 1, %(opened_at)s, %(person)s, %(type)s, %(data)s FROM item RETURNING id, item_id),"
    " message AS (INSERT INTO {message} (event_id, item_id, visibility, language, text)"
    " SELECT id, item_id, 'public', %(language)s, %(text)s FROM event WHERE %(text)s <> '')"
    " SELECT id, number FROM item"
)


@cache
def _insertion(model: type[Item], columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(INSERTION).format(
        **kin_of(model).tables(model),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(map(sql.Placeholder, columns)),
    )


def insert_item(model: type[I], series: Series, happened: Happened, given: Mapping[str, Any], text: str) -> I:
    """Write an item with its first event; `given` are the columns that no event decides.

    What was said is public, and in the `language` that is given.
    """
    folded = model.folded()
    data = data_of(folded, happened)
    folded.step(happened.type, happened.at, data)
    columns: dict[str, Any] = {
        "version": 1,
        **given,
        **{column: getattr(folded, name) for name, column in columns_of(model.folded).items()},
    }
    event: dict[str, Any] = {
        "prefix": series.prefix,
        "digits": series.digits,
        "sequence": series.sequence,
        "person": happened.person,
        "type": str(happened.type),
        "data": Jsonb(data),
        "text": text,
    }
    with connection.cursor() as cursor:
        cursor.execute(_insertion(model, tuple(columns)), {**columns, **event})
        key, number = cursor.fetchone()
    item = model(id=key, number=number, **columns)
    item._state.adding = False
    return item
