"""Loading whole histories by COPY: every column of an item is folded from its events first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import Any

import orjson
from django.db import connection
from django.db.models import Exists, Model, OuterRef
from psycopg import sql

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.numbering import next_numbers
from meridian.engine.policies import Actor
from meridian.work.servicedesk.contracts import EventRow, EventType, ItemHistory, Kind, LoadCount
from meridian.work.servicedesk.models import Message, Number, WorkEvent, WorkItem
from meridian.work.servicedesk.queries.numbers import SERIES
from meridian.work.servicedesk.rules import REFERENCES, TARGET_HOURS, Folded, step

BATCH_ITEMS = 2_500
NULL = "\\N"
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    WorkItem: (
        *("id", "version", "number", "requester_id", "channel", "language"),
        *(f"{name}_id" if name in REFERENCES else name for name in Folded.__slots__),
    ),
    WorkEvent: ("id", "item_id", "sequence", "at", "actor_id", "type", "data"),
    Message: ("id", "event_id", "item_id", "visibility", "language", "text"),
    Number: ("id", "version", "alias", "item_id"),
}
folded_values = attrgetter(*Folded.__slots__)

Lines = dict[type[Model], list[str]]
Ids = dict[type[Model], Iterator[int]]
Numbers = dict[str, Iterator[str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """Keys and numbers taken beforehand for one batch."""

    ids: Ids
    numbers: Numbers


def load_history(
    *,
    actor: Actor,
    histories: Iterable[ItemHistory],
    reason: str = "",
    progress: Callable[[int], None] | None = None,
) -> LoadCount:
    """Load items with all that happened to them in one transaction, under one audit entry.

    `histories` is consumed once, in batches and from another thread; `progress` is told after
    each batch how many items it held. Nothing is loaded when a history does not begin with
    its `opened` event (`Refusal`), names somebody who does not exist, refers to another row
    that does not, repeats a number, or ends on hold without a hold reason (`IntegrityError`).
    """
    written: Counter[type[Model]] = Counter()
    remaining = iter(histories)
    # The next batch is put into words while the database takes in this one.
    with trail.bulk_load("servicedesk.workitem.load", actor, reason), ThreadPoolExecutor(1) as ahead:
        batch = list(islice(remaining, BATCH_ITEMS))
        waiting: Lines | None = None
        first_event = _next_ids(WorkEvent, 1)[0]
        while batch:
            worded = ahead.submit(_put_into_words, batch, _take(batch), remaining)
            _copy(waiting, written, progress)
            waiting, batch = worded.result()
        _copy(waiting, written, progress)
        _check_actors(first_event)
    return LoadCount(*(written[model] for model in COLUMNS))


def _check_actors(first_event: int) -> None:
    strangers = WorkEvent.objects.filter(pk__gt=first_event, actor__isnull=False)
    known = strangers.model._meta.get_field("actor").related_model.objects.filter(pk=OuterRef("actor_id"))
    stranger = strangers.filter(~Exists(known)).values_list("actor_id", flat=True).first()
    if stranger is not None:
        raise Refusal(f"There is no person with the id {stranger}, whom the events name.")


def _take(batch: Sequence[ItemHistory]) -> Taken:
    amounts = {
        WorkItem: len(batch),
        WorkEvent: sum(len(history.events) for history in batch),
        Message: sum(event.message is not None for history in batch for event in history.events),
        Number: sum(len(history.aliases) for history in batch),
    }
    kinds = Counter(_kind(history) for history in batch if history.number is None)
    return Taken(
        {model: iter(_next_ids(model, amount)) for model, amount in amounts.items()},
        {kind: iter(next_numbers(SERIES[kind], amount)) for kind, amount in kinds.items()},
    )


def _kind(history: ItemHistory) -> str:
    if not history.events or history.events[0].type != EventType.OPENED:
        raise Refusal(f"The history of {history.number or history.aliases} does not begin with its opening.")
    return str(history.events[0].data.get("kind", (None, Kind.INCIDENT.value))[1])


def _next_ids(model: type[Model], amount: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH source AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name)"
            " SELECT nextval(name) FROM source, generate_series(1, %s)",
            [model._meta.db_table, amount],
        )
        return [key for (key,) in cursor.fetchall()]


def _put_into_words(
    batch: Sequence[ItemHistory], taken: Taken, remaining: Iterator[ItemHistory]
) -> tuple[Lines, list[ItemHistory]]:
    """The batch as lines of COPY's text form, and the batch after it."""
    lines: Lines = {model: [] for model in COLUMNS}
    for history in batch:
        _word_item(history, taken, lines)
    return lines, list(islice(remaining, BATCH_ITEMS))


def _word_item(history: ItemHistory, taken: Taken, lines: Lines) -> None:
    item, folded = next(taken.ids[WorkItem]), Folded()
    events = _with_due(history.events)
    for sequence, event in enumerate(events, start=1):
        step(folded, event.type, event.at, event.data)
        key = next(taken.ids[WorkEvent])
        data = orjson.dumps(event.data).decode().replace("\\", "\\\\")
        actor = NULL if event.actor is None else event.actor
        lines[WorkEvent].append(
            f"{key}\t{item}\t{sequence}\t{event.at.isoformat()}\t{actor}\t{event.type}\t{data}\n"
        )
        if event.message:
            words = _line((next(taken.ids[Message]), key, item, *event.message[1:], event.message.text))
            lines[Message].append(words)
    number = history.number or next(taken.numbers[folded.kind])
    lines[WorkItem].append(
        _line((item, 1, number, history.requester, history.channel, history.language, *folded_values(folded)))
    )
    lines[Number] += [_line((next(taken.ids[Number]), 1, alias, item)) for alias in history.aliases]


def _with_due(events: Sequence[EventRow]) -> Sequence[EventRow]:
    """The events, the opening of which says when the item is due if none does."""
    if any("due_at" in event.data for event in events):
        return events
    opened = events[0]
    priority = opened.data.get("priority", (None, Folded().priority))[1]
    due = opened.at + timedelta(hours=TARGET_HOURS[priority])
    return (opened._replace(data={**opened.data, "due_at": [None, due.isoformat()]}), *events[1:])


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


def _copy(lines: Lines | None, written: Counter[type[Model]], progress: Callable[[int], None] | None) -> None:
    if lines is None:
        return
    for model, rows in lines.items():
        if rows:
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(model._meta.db_table),
                sql.SQL(", ").join(sql.Identifier(name) for name in COLUMNS[model]),
            )
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                copy.write("".join(rows))
            written[model] += len(rows)
    if progress:
        progress(len(lines[WorkItem]))
