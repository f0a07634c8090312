"""How a work item moves, and how its columns follow from its events.

The event log is the truth: `fold` computes every column that changes in an item's life, and
the commands use the same `step`, so that what is stored can't differ from what is folded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from meridian.kernel.working_time import NeverOpen, Schedule
from meridian.work.servicedesk.contracts import OPEN_STATES, EventType, State

NEW, ASSIGNED, IN_PROGRESS, ON_HOLD, RESOLVED, CLOSED, CANCELLED = (state.value for state in State)
OPEN = frozenset(state.value for state in OPEN_STATES)
ENDED = frozenset({RESOLVED, CLOSED, CANCELLED})
ANY_STATE = frozenset(state.value for state in State)
LEVELS = range(1, 5)
PRIORITIES = range(1, 6)
REOPEN_WITHIN = timedelta(days=14)
LINK_DEPTH = 3

# Verb: the states it starts from and the state it leads to, None where it stays.
MACHINE: Mapping[str, tuple[frozenset[str], str | None]] = {
    "assign": (OPEN, ASSIGNED),
    "take": (OPEN, ASSIGNED),
    "start": (frozenset({NEW, ASSIGNED}), IN_PROGRESS),
    "hold": (frozenset({ASSIGNED, IN_PROGRESS}), ON_HOLD),
    "resume": (frozenset({ON_HOLD}), IN_PROGRESS),
    "resolve": (OPEN, RESOLVED),
    "confirm": (frozenset({RESOLVED}), CLOSED),
    "close": (frozenset({RESOLVED}), CLOSED),
    "reopen": (frozenset({RESOLVED, CLOSED}), IN_PROGRESS),
    "cancel": (OPEN, CANCELLED),
    "change": (OPEN | {RESOLVED}, None),
    "reply": (ANY_STATE - {CANCELLED}, None),
    "note": (ANY_STATE, None),
    "merge": (OPEN | {RESOLVED}, CLOSED),
    "split": (ANY_STATE, None),
    "link": (ANY_STATE, None),
    "unlink": (ANY_STATE, None),
}

TARGET_HOURS: Mapping[int, int] = {1: 4, 2: 8, 3: 24, 4: 40, 5: 80}
DEFAULT_MATRIX: Mapping[tuple[int, int], int] = {
    (impact, urgency): priority
    for impact, row in enumerate(((1, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 5)), start=1)
    for urgency, priority in enumerate(row, start=1)
}


@dataclass(slots=True)
class Folded:
    """The columns of an item that its events decide; references are ids, instants UTC."""

    state: str = NEW
    kind: str = "incident"
    title: str = ""
    site: int | None = None
    team: int | None = None
    assignee: int | None = None
    category: int | None = None
    configuration_item: str = ""
    impact: int = 3
    urgency: int = 3
    priority: int = 4
    priority_reason: str = ""
    hold_reason: int | None = None
    hold_until: datetime | None = None
    merged_into: int | None = None
    opened_at: datetime | None = None
    due_at: datetime | None = None
    responded_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    updated_at: datetime | None = None
    resolution: str = ""
    reopened_count: int = 0
    reassigned_count: int = 0
    event_count: int = 0


INSTANTS = frozenset({"hold_until", "due_at", "responded_at", "resolved_at", "closed_at"})
REFERENCES = ("site", "team", "assignee", "category", "hold_reason", "merged_into")
COUNTED = frozenset({"opened_at", "updated_at", "event_count"})
CHANGING = frozenset(Folded.__slots__) - COUNTED


@dataclass(frozen=True, slots=True)
class Happening:
    """What the fold reads of an event; see `contracts.EventRow` for `data`."""

    type: str
    at: datetime
    data: Mapping[str, Any]


def fold(events: Iterable[Happening]) -> Folded:
    """The columns after all events, in their order."""
    folded = Folded()
    for event in events:
        step(folded, event.type, event.at, event.data)
    return folded


def step(folded: Folded, type: str, at: datetime, data: Mapping[str, Any]) -> None:
    """Carry `folded` over one event: first what follows from it, then what its data name."""
    if type == EventType.OPENED:
        folded.opened_at = at
    if "state" in data:
        _move(folded, data["state"][1], at)
    if "team" in data and folded.team is not None and data["team"][1] not in (None, folded.team):
        folded.reassigned_count += 1
    if type == EventType.REOPENED:
        folded.reopened_count += 1
    if folded.responded_at is None and _is_response(type, data):
        folded.responded_at = at
    for name, change in data.items():
        if name in CHANGING:
            value = change[1]
            if name in INSTANTS and value is not None:
                value = datetime.fromisoformat(value)
            setattr(folded, name, value)
    folded.updated_at = at if folded.updated_at is None else max(folded.updated_at, at)
    folded.event_count += 1


def _move(folded: Folded, state: str, at: datetime) -> None:
    if state == RESOLVED:
        folded.resolved_at = at
    elif state in ENDED:
        folded.closed_at = at
    elif folded.state in ENDED:
        folded.resolved_at = folded.closed_at = None
    if state != ON_HOLD:
        folded.hold_reason = folded.hold_until = None


def _is_response(type: str, data: Mapping[str, Any]) -> bool:
    """Whether the requester hears from the desk: work begins, ends, or somebody answers."""
    return type in (EventType.STARTED, EventType.RESOLVED) or (
        type == EventType.REPLIED and data.get("by") == "desk"
    )


def plain(value: Any) -> Any:
    """A value as event data hold it: instants in ISO 8601, rows by id, enumerations by value."""
    if isinstance(value, datetime):
        return value.isoformat()
    return getattr(value, "pk", value)


def may_move(verb: str, state: str) -> bool:
    return state in MACHINE[verb][0]


def verbs_of(state: str) -> frozenset[str]:
    """What can be done to an item in this state, by anybody."""
    return frozenset(verb for verb, (sources, _target) in MACHINE.items() if state in sources)


def may_reopen(ended_at: datetime | None, at: datetime) -> bool:
    """Whether an item resolved at `ended_at` may still be taken up again."""
    return ended_at is not None and at - ended_at <= REOPEN_WITHIN


def matrix_fault(matrix: Mapping[tuple[int, int], int]) -> tuple[int, int] | None:
    """The first cell that is missing or gives a lower priority than a less grave neighbour; None when sound.

    1 is the gravest of impact, urgency and priority alike: along both axes the priority's
    number may stay or grow, never fall.
    """
    for impact in LEVELS:
        for urgency in LEVELS:
            here = matrix.get((impact, urgency))
            if here is None:
                return impact, urgency
            graver = (matrix.get((impact - 1, urgency), here), matrix.get((impact, urgency - 1), here))
            if max(graver) > here:
                return impact, urgency
    return None


def due_at(priority: int, opened_at: datetime, schedule: Schedule) -> datetime:
    """When an item of this priority is due, counted in the open hours of `schedule`.

    A calendar that never opens can't excuse a desk: the target then counts around the clock.
    """
    target = timedelta(hours=TARGET_HOURS[priority])
    try:
        return schedule.due_at(opened_at, int(target.total_seconds()))
    except NeverOpen:
        return opened_at + target


def due_after_pauses(
    priority: int, opened_at: datetime, pauses: Iterable[tuple[datetime, datetime]], schedule: Schedule
) -> datetime:
    """When an item is due that waited so often with a stopped clock (from, until; in their order)."""
    due = due_at(priority, opened_at, schedule)
    for held_at, ended_at in pauses:
        due = due_after_hold(due, held_at, ended_at, schedule)
    return due


def due_after_hold(due: datetime, held_at: datetime, ended_at: datetime, schedule: Schedule) -> datetime:
    """When an item is due that waited with a stopped clock: the open hours that were left remain.

    What was due when it began to wait stays due then; waiting never makes it due earlier.
    """
    if due <= held_at or ended_at <= held_at:
        return due
    try:
        return max(due, schedule.due_at(ended_at, schedule.open_seconds(held_at, due)))
    except NeverOpen:
        return due + (ended_at - held_at)
