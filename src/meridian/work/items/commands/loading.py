"""Loading whole histories by COPY: every column of an item is folded from its events first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

import orjson
from django.db import connection
from django.db.models import Exists, Model, OuterRef
from psycopg import sql

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.numbering import Series, next_numbers
from meridian.engine.policies import Actor
from meridian.work.items.contracts.folding import columns_of, names_of
from meridian.work.items.contracts.happenings import OPENED, EventRow, History, LoadCount
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import kin_of

BATCH_ITEMS = 2_500
NULL = "\\N"

H = TypeVar("H", bound=History)
Lines = dict[type[Model], list[str]]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Loading:
    """How histories become rows of one table of items.

    `given` are the columns beside the number that no event decides, `given_by` their values from a
    history; `series_of` the series of its number; `completed` adds to its events what they leave unsaid.
    """

    model: type[Item]
    given: tuple[str, ...]
    given_by: Callable[[Any], tuple[Any, ...]]
    series_of: Callable[[Sequence[EventRow]], Series]
    completed: Callable[[Sequence[EventRow]], Sequence[EventRow]]

    @cached_property
    def columns(self) -> dict[type[Model], tuple[str, ...]]:
        """The columns of each table in the order in which they are written."""
        kin, folded = kin_of(self.model), columns_of(self.model.folded)
        return {
            self.model: ("id", "version", "number", *self.given, *folded.values()),
            kin.event: ("id", "item_id", "sequence", "at", "actor_id", "type", "data"),
            kin.message: ("id", "event_id", "item_id", "visibility", "language", "text"),
            kin.number: ("id", "version", "alias", "item_id"),
        }

    @cached_property
    def folded_values(self) -> Callable[[Any], tuple[Any, ...]]:
        """The values of the folded columns in their order."""
        return attrgetter(*names_of(self.model.folded))


@dataclass(frozen=True, slots=True)
class Taken:
    """Keys and numbers taken beforehand for one batch."""

    ids: dict[type[Model], Iterator[int]]
    numbers: dict[Series, Iterator[str]]


def load_histories(
    loading: Loading, name: str, actor: Actor, histories: Iterable[H], reason: str, progress: Progress | None
) -> LoadCount:
    """Load items with all that happened to them in one transaction, under one audit entry of this `name`.

    `histories` is consumed once, in batches and from another thread; `progress` is told after
    each batch how many items it held. Nothing is loaded when a history does not begin with
    its `opened` event (`Refusal`), names somebody who does not exist, refers to another row
    that does not, or breaks what the table holds to (`IntegrityError`).
    """
    written: Counter[type[Model]] = Counter()
    remaining = iter(histories)
    event = kin_of(loading.model).event
    # The next batch is put into words while the database takes in this one.
    with trail.bulk_load(name, actor, reason), ThreadPoolExecutor(1) as ahead:
        batch = list(islice(remaining, BATCH_ITEMS))
        waiting: Lines | None = None
        first_event = _next_ids(event, 1)[0]
        _check_references(loading, "IMMEDIATE")
        while batch:
            worded = ahead.submit(_put_into_words, loading, batch, _take(loading, batch), remaining)
            _copy(loading, waiting, written, progress)
            waiting, batch = worded.result()
        _copy(loading, waiting, written, progress)
        _check_references(loading, "DEFERRED")
        _check_actors(event, first_event)
    return LoadCount(*(written[model] for model in loading.columns))


def _check_references(loading: Loading, when: str) -> None:
    """Whether what is written about items refers to one is checked batch by batch, while the next is worded.

    The items themselves may refer to later ones.
    """
    tables = [model._meta.db_table for model in loading.columns if model is not loading.model]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND condeferrable"
            " AND conrelid IN (SELECT name::regclass FROM unnest(%s::text[]) AS name)",
            [tables],
        )
        names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
        cursor.execute(sql.SQL("SET CONSTRAINTS {} {}").format(names, sql.SQL(when)))


def _check_actors(event: Any, first_event: int) -> None:
    strangers = event.objects.filter(pk__gt=first_event, actor__isnull=False)
    known = event._meta.get_field("actor").related_model.objects.filter(pk=OuterRef("actor_id"))
    stranger = strangers.filter(~Exists(known)).values_list("actor_id", flat=True).first()
    if stranger is not None:
        raise Refusal(f"There is no person with the id {stranger}, whom the events name.")


def _take(loading: Loading, batch: Sequence[History]) -> Taken:
    model, kin = loading.model, kin_of(loading.model)
    for history in batch:
        if not history.events or history.events[0].type != OPENED:
            known = history.number or history.aliases
            raise Refusal(f"The history of {known} does not begin with its opening.")
    amounts: dict[type[Model], int] = {
        model: len(batch),
        kin.event: sum(len(history.events) for history in batch),
        kin.message: sum(event.message is not None for history in batch for event in history.events),
        kin.number: sum(len(history.aliases) for history in batch),
    }
    series = Counter(loading.series_of(history.events) for history in batch if history.number is None)
    return Taken(
        {table: iter(_next_ids(table, amount)) for table, amount in amounts.items()},
        {one: iter(next_numbers(one, amount)) for one, amount in series.items()},
    )


def _next_ids(model: type[Model], amount: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH source AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name)"
            " SELECT nextval(name) FROM source, generate_series(1, %s)",
            [model._meta.db_table, amount],
        )
        return [key for (key,) in cursor.fetchall()]


def _put_into_words(
    loading: Loading, batch: Sequence[H], taken: Taken, remaining: Iterator[H]
) -> tuple[Lines, list[H]]:
    """The batch as lines of COPY's text form, and the batch after it."""
    lines: Lines = {model: [] for model in loading.columns}
    for history in batch:
        _word_item(loading, history, taken, lines)
    return lines, list(islice(remaining, BATCH_ITEMS))


def _word_item(loading: Loading, history: History, taken: Taken, lines: Lines) -> None:
    item_table, event_table, message_table, number_table = loading.columns
    item, folded = next(taken.ids[item_table]), loading.model.folded()
    events, keys, event_lines = loading.completed(history.events), taken.ids[event_table], lines[event_table]
    for sequence, event in enumerate(events, start=1):
        at, type, data, actor, message = event
        folded.step(type, at, data)
        key = next(keys)
        words = orjson.dumps(data).decode()
        if "\\" in words:
            words = words.replace("\\", "\\\\")
        by = NULL if actor is None else actor
        event_lines.append(f"{key}\t{item}\t{sequence}\t{at.isoformat()}\t{by}\t{type}\t{words}\n")
        if message:
            said = (next(taken.ids[message_table]), key, item, *message[1:], message.text)
            lines[message_table].append(_line(said))
    number = history.number or next(taken.numbers[loading.series_of(events)])
    row = (item, 1, number, *loading.given_by(history), *loading.folded_values(folded))
    lines[item_table].append(_line(row))
    aliases = [_line((next(taken.ids[number_table]), 1, alias, item)) for alias in history.aliases]
    lines[number_table] += aliases


def _line(values: Iterable[Any]) -> str:
    return "\t".join(map(_cell, values)) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, str):
        if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
            value = value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _copy(
    loading: Loading, lines: Lines | None, written: Counter[type[Model]], progress: Progress | None
) -> None:
    if lines is None:
        return
    for model, rows in lines.items():
        if rows:
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(model._meta.db_table),
                sql.SQL(", ").join(sql.Identifier(name) for name in loading.columns[model]),
            )
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                copy.write("".join(rows))
            written[model] += len(rows)
    if progress:
        progress(len(lines[loading.model]))
