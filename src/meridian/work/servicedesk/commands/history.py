"""Loading whole histories of the desk."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from meridian.engine.numbering import Series
from meridian.engine.policies import Actor
from meridian.work.items.contracts.folding import Happening
from meridian.work.items.contracts.happenings import EventRow, LoadCount
from meridian.work.items.facade import Continued, Late, Loading, continue_histories, load_histories
from meridian.work.servicedesk.contracts import EventType, ItemHistory, Kind
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.queries.numbers import SERIES
from meridian.work.servicedesk.queries.promises import Promiser, promiser

LOAD = "servicedesk.workitem.load"


def _given(history: ItemHistory) -> tuple[Any, ...]:
    return history.requester, history.channel, history.language


def _series(events: Sequence[EventRow]) -> Series:
    """The series of the kind that the opening names; a later change of kind keeps the number."""
    return SERIES[str(events[0].data.get("kind", (None, Kind.INCIDENT.value))[1])]


def _with_due(due: Promiser, events: Sequence[EventRow]) -> Sequence[EventRow]:
    """The events with the promise that the desk made at the opening, if none of them names one."""
    if any("due_at" in event.data for event in events):
        return events
    opened = events[0]
    promised = due([Happening(opened.type, opened.at, opened.data)])
    return (opened._replace(data={**opened.data, "due_at": [None, promised.isoformat()]}), *events[1:])


def load_history(
    *,
    actor: Actor,
    histories: Iterable[ItemHistory],
    reason: str = "",
    progress: Callable[[int], None] | None = None,
) -> LoadCount:
    """Load items with all that happened to them; see `items.facade.load_histories`.

    Nothing is loaded either when an item ends on hold without a hold reason (`IntegrityError`).
    """
    return load_histories(loading(), LOAD, actor, histories, reason, progress)


def continue_history(*, actor: Actor, continued: Sequence[Continued], key: str) -> int:
    """Add what is new of the histories of loaded items, whose events hold this `key`: how many events.

    See `items.facade.continue_histories`.
    """
    return continue_histories(loading(), LOAD, actor, continued, Late(key, EventType.IMPORTED.value))


def loading() -> Loading:
    """How histories become rows of the desk."""
    # The promises are read before the load begins: its threads ask the database nothing.
    completed = partial(_with_due, promiser())
    return Loading(WorkItem, ("requester_id", "channel", "language"), _given, _series, completed)
