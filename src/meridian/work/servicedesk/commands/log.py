"""Writing to the event log: an event, its words and the folded columns in two statements."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from meridian.engine.commands import Refusal
from meridian.engine.events import publish
from meridian.engine.figures import number_text
from meridian.kernel.working_time import ALWAYS_OPEN
from meridian.registers.calendars.facade import working_time
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.events import ItemDueMoved
from meridian.work.servicedesk.models import HoldReason, WorkEvent, WorkItem
from meridian.work.servicedesk.rules import (
    CHANGING,
    ON_HOLD,
    OPEN,
    REFERENCES,
    RESOLVED,
    Folded,
    due_after_hold,
    plain,
    step,
)

MOST_CHARACTERS = 20_000
GOING_ON = (OPEN | {RESOLVED}) - {ON_HOLD}
COLUMN_OF = {name: f"{name}_id" if name in REFERENCES else name for name in Folded.__slots__}
NO_CHANGES: Mapping[str, Any] = {}

INSERT_EVENT = """
WITH event AS (
  INSERT INTO servicedesk_workevent (item_id, sequence, at, actor_id, type, data)
  VALUES (%(item)s, %(sequence)s, %(at)s, %(actor)s, %(type)s, %(data)s) RETURNING id, item_id
)
INSERT INTO servicedesk_message (event_id, item_id, visibility, language, text)
SELECT id, item_id, %(visibility)s, %(language)s, %(text)s FROM event WHERE %(text)s <> ''
"""


class Words(NamedTuple):
    """What is said with an event."""

    text: str
    visibility: str = "public"
    language: str = "en"


SILENCE = Words("")


class Happened(NamedTuple):
    """An event about to be written: `changes` maps folded columns to their new values, which may
    be rows; `facts` go along in the data as they are."""

    type: str
    at: datetime
    person: int | None
    changes: Mapping[str, Any] = NO_CHANGES
    facts: Mapping[str, Any] = NO_CHANGES
    words: Words | None = None


def folded_of(item: WorkItem) -> Folded:
    """The folded columns as they stand in the row."""
    return Folded(**{name: getattr(item, column) for name, column in COLUMN_OF.items()})


def data_of(folded: Folded, happened: Happened) -> dict[str, Any]:
    """The data of an event: before and after of what really changes, and the facts."""
    data = dict(happened.facts)
    for name, value in happened.changes.items():
        if name not in CHANGING:
            raise TypeError(f"{name} is no folded column.")
        before, after = plain(getattr(folded, name)), plain(value)
        if before != after:
            data[name] = [before, after]
    return data


def record(item: WorkItem, happened: Happened) -> WorkItem:
    """Append the event to the log of a locked item and carry the item's columns over it.

    An item that goes on after a hold which stopped its clock is due later by what it waited.
    """
    if item.state == ON_HOLD and happened.changes.get("state", ON_HOLD) in GOING_ON:
        happened = _with_clock_resumed(item, happened)
    before, folded = folded_of(item), folded_of(item)
    data = data_of(folded, happened)
    step(folded, happened.type, happened.at, data)
    changed = [column for name, column in COLUMN_OF.items() if getattr(before, name) != getattr(folded, name)]
    for name, column in COLUMN_OF.items():
        if column in changed:
            setattr(item, column, getattr(folded, name))
    _insert_event(item, folded.event_count, happened, data)
    WorkItem.objects.filter(pk=item.pk).update(**{column: getattr(item, column) for column in changed})
    _tell_of_promise(item, before.due_at, happened)
    # The database raises the version of every row that is written.
    item.version += 1
    return item


def _tell_of_promise(item: WorkItem, before: datetime | None, happened: Happened) -> None:
    if before is not None and item.due_at != before and item.state in OPEN:
        moved = (before, item.due_at)
        publish(ItemDueMoved(item.pk, item.event_count, happened.person, happened.at, *moved))


def _with_clock_resumed(item: WorkItem, happened: Happened) -> Happened:
    if item.hold_reason is None or not item.hold_reason.pauses_clock:
        return happened
    # An unmerged item goes on waiting: its hold began before the merge.
    holds = WorkEvent.objects.filter(item=item, data__state__1=ON_HOLD).exclude(type=EventType.UNMERGED)
    held_at = holds.order_by("-sequence").values_list("at", flat=True).first()
    if held_at is None:
        return happened
    ended_at = min(happened.at, item.hold_until or happened.at)
    schedule = working_time(item.team.calendar_id) if item.team else ALWAYS_OPEN
    due = due_after_hold(item.due_at, held_at, ended_at, schedule)
    return happened._replace(changes={**happened.changes, "due_at": due})


def pauses_of(item: WorkItem) -> list[tuple[datetime, datetime]]:
    """From when until when the item waited with a stopped clock, in order; a hold that lasts is none yet."""
    moves = WorkEvent.objects.filter(item=item, data__has_key="state").order_by("sequence")
    pausing = set(HoldReason.objects.filter(pauses_clock=True).values_list("pk", flat=True))
    pauses, hold = [], None
    for type, at, data in moves.values_list("type", "at", "data"):
        before, after = data["state"]
        if after == ON_HOLD and type != EventType.UNMERGED:
            hold = (at, data) if data.get("hold_reason", (None, None))[1] in pausing else None
        elif before == ON_HOLD and after in GOING_ON and hold is not None:
            held_at, (_before, until) = hold[0], hold[1].get("hold_until", (None, None))
            pauses.append((held_at, min(at, datetime.fromisoformat(until)) if until else at))
    return pauses


def _insert_event(item: WorkItem, sequence: int, happened: Happened, data: Mapping[str, Any]) -> None:
    values = {
        "item": item.pk,
        "sequence": sequence,
        "at": happened.at,
        "actor": happened.person,
        "type": str(happened.type),
        "data": Jsonb(data),
        **(happened.words or SILENCE)._asdict(),
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_EVENT, values)


def words_of(
    text: str, language: str = "en", visibility: str = "public", *, field: str = "text"
) -> Words | None:
    """The words of an event, or None when nothing is said; `field` is blamed for what is too long."""
    said = bounded(text, field)
    return Words(said, visibility, language) if said else None


def bounded(text: str, field: str = "text") -> str:
    """What was typed, without the space around it; `Refusal` for more than a page can show."""
    said = text.strip()
    if len(said) > MOST_CHARACTERS:
        raise Refusal(
            _("A text may have %(most)s characters, this one has %(has)s: attach the rest as a file.")
            % {
                "most": number_text(MOST_CHARACTERS),
                "has": number_text(len(said)),
            },
            field,
        )
    return said
