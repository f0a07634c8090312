"""More of the histories of items that were loaded: events are added, and columns end as of one load."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

import orjson
from django.db import connection
from psycopg import sql

from meridian.engine.audit import trail
from meridian.engine.policies import Actor
from meridian.engine.records.together import write_together
from meridian.work.items.commands.loading import BATCH_ITEMS, Loading
from meridian.work.items.commands.log import folded_of
from meridian.work.items.contracts.folding import Folded, Happening, changing_of, columns_of, fold, plain
from meridian.work.items.contracts.happenings import EventRow, History
from meridian.work.items.queries.kin import kin_of

COLUMNS = ("item_id", "sequence", "at", "type", "data")


@dataclass(frozen=True, slots=True)
class Continued:
    """An item with the whole `history` of its earlier desk, and which of its events are `new`."""

    item: int
    history: History
    new: Sequence[bool]


class Late(NamedTuple):
    """How events of a history are told from those of this house (a `key` of their data), and the `type` of
    one that is learned of after what followed it."""

    key: str
    type: str


def continue_histories(
    loading: Loading, name: str, actor: Actor, continued: Sequence[Continued], late: Late
) -> int:
    """Add what is new of histories to the logs of their items: how many events.

    Events are written once and in the order in which they are learned of. One that belongs before others
    is added as a fact; the last one tells what becomes of the item by the whole history in its own order
    and by what this house did with it since, so that its columns are those of a single load.
    """
    remaining, added = iter(continued), 0
    with trail.bulk_load(name, actor):
        while batch := list(islice(remaining, BATCH_ITEMS)):
            added += _continue(loading, batch, late)
    return added


def _continue(loading: Loading, batch: Sequence[Continued], late: Late) -> int:
    keys = sorted(one.item for one in batch)
    locked = loading.model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    rows: dict[int, Any] = {row.pk: row for row in locked}
    own, columns = _own_events(loading, keys, late), columns_of(loading.model.folded)
    lines: list[tuple[Any, ...]] = []
    for one in batch:
        row, after = rows[one.item], folded_of(rows[one.item])
        for event in _added(loading, one, own[one.item], after, late):
            after.step(event.type, event.at, event.data)
            data = orjson.dumps(event.data).decode()
            lines.append((one.item, after.event_count, event.at, event.type, data))
        for column, value in zip(loading.given, loading.given_by(one.history), strict=True):
            setattr(row, column, value)
        for folded_name, column in columns.items():
            setattr(row, column, getattr(after, folded_name))
    _write_events(loading, lines)
    write_together(list(rows.values()), [*loading.given, *columns.values()])
    return len(lines)


def _own_events(loading: Loading, keys: Sequence[int], late: Late) -> Mapping[int, list[Happening]]:
    """What happened to the items in this house, in its order."""
    found: dict[int, list[Happening]] = defaultdict(list)
    events = kin_of(loading.model).event.objects.filter(item__in=keys).exclude(data__has_key=late.key)
    for item, *event in events.order_by("item", "sequence").values_list("item_id", "type", "at", "data"):
        found[item].append(Happening(*event))
    return found


def _added(
    loading: Loading, one: Continued, own: Sequence[Happening], before: Folded, late: Late
) -> Iterator[EventRow]:
    """The events to be added to an item whose columns are `before`."""
    events = loading.completed(one.history.events)
    told, kind = one.new.index(True), _kind(before)
    added = [event for event, is_new in zip(events, one.new, strict=True) if is_new]
    if own or not all(one.new[told:]):
        changing = changing_of(kind)
        added = [
            event._replace(
                type=late.type, data={key: said for key, said in event.data.items() if key not in changing}
            )
            for event in added
        ]
    whole = [Happening(event.type, event.at, event.data) for event in events]
    truth, last = fold(kind, [*whole, *own]), replace(before)
    for event in added[:-1]:
        last.step(event.type, event.at, event.data)
    yield from added[:-1]
    yield added[-1]._replace(data=_told(added[-1], last, truth))


def _kind(folded: Folded) -> Any:
    return type(folded)


def _told(event: EventRow, before: Folded, truth: Folded) -> dict[str, Any]:
    """The data of the last event with whatever else it takes to end as the whole history does."""
    data, changing = dict(event.data), changing_of(_kind(before))
    while True:
        after = replace(before)
        after.step(event.type, event.at, data)
        wrong = [
            name for name in sorted(changing - data.keys()) if getattr(after, name) != getattr(truth, name)
        ]
        if not wrong:
            return data
        data |= {name: [plain(getattr(before, name)), plain(getattr(truth, name))] for name in wrong}


def _write_events(loading: Loading, lines: Sequence[tuple[Any, ...]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(kin_of(loading.model).event._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)
