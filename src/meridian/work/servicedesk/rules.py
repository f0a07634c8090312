"""How an incident or request moves, and how its columns follow from its events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from meridian.work.items.contracts.folding import Folded as ItemFolded
from meridian.work.items.contracts.machine import Machine, Move
from meridian.work.servicedesk.contracts import OPEN_STATES, EventType, State

NEW, ASSIGNED, IN_PROGRESS, ON_HOLD, RESOLVED, CLOSED, CANCELLED = (state.value for state in State)
OPEN = frozenset(state.value for state in OPEN_STATES)
ENDED = frozenset({RESOLVED, CLOSED, CANCELLED})
ANY_STATE = frozenset(state.value for state in State)
LEVELS = range(1, 5)
PRIORITIES = range(1, 6)
REOPEN_WITHIN = timedelta(days=14)

MACHINE = Machine(
    OPEN,
    {
        "assign": Move(OPEN, ASSIGNED),
        "take": Move(OPEN, ASSIGNED),
        "start": Move(frozenset({NEW, ASSIGNED}), IN_PROGRESS),
        "hold": Move(frozenset({ASSIGNED, IN_PROGRESS}), ON_HOLD),
        "resume": Move(frozenset({ON_HOLD}), IN_PROGRESS),
        "resolve": Move(OPEN, RESOLVED),
        "confirm": Move(frozenset({RESOLVED}), CLOSED),
        "close": Move(frozenset({RESOLVED}), CLOSED),
        "reopen": Move(frozenset({RESOLVED, CLOSED}), IN_PROGRESS),
        "cancel": Move(OPEN, CANCELLED),
        "change": Move(OPEN | {RESOLVED}),
        "reply": Move(ANY_STATE - {CANCELLED}),
        "note": Move(ANY_STATE),
        "merge": Move(OPEN | {RESOLVED}, CLOSED),
        "split": Move(ANY_STATE),
        "link": Move(ANY_STATE),
        "unlink": Move(ANY_STATE),
    },
)

DEFAULT_MATRIX: Mapping[tuple[int, int], int] = {
    (impact, urgency): priority
    for impact, row in enumerate(((1, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 5)), start=1)
    for urgency, priority in enumerate(row, start=1)
}


@dataclass(slots=True)
class Folded(ItemFolded):
    """The columns of an incident or request that its events decide."""

    state: str = NEW
    kind: str = "incident"
    site: int | None = None
    team: int | None = None
    assignee: int | None = None
    category: int | None = None
    concerns: int | None = None
    configuration_item: str = ""
    impact: int = 3
    urgency: int = 3
    priority: int = 4
    priority_reason: str = ""
    hold_reason: int | None = None
    hold_until: datetime | None = None
    due_at: datetime | None = None
    responded_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution: str = ""
    reassigned_count: int = 0

    ENDED: ClassVar = ENDED
    INSTANTS: ClassVar = ItemFolded.INSTANTS | {"hold_until", "due_at", "responded_at", "resolved_at"}
    REFERENCES: ClassVar = frozenset(
        {"site", "team", "assignee", "category", "concerns", "hold_reason", "merged_into"}
    )

    def move(self, state: str, at: datetime) -> None:
        """A solution and an end have their instants, what goes on again has neither; only a hold waits."""
        if state == RESOLVED:
            self.resolved_at = at
        elif state in ENDED:
            self.closed_at = at
        elif self.state in ENDED:
            self.resolved_at = self.closed_at = None
        if state != ON_HOLD:
            self.hold_reason = self.hold_until = None

    def follow(self, type: str, at: datetime, data: Mapping[str, Any]) -> None:
        """Count another team, and note when the requester first heard from the desk."""
        if "team" in data and self.team is not None and data["team"][1] not in (None, self.team):
            self.reassigned_count += 1
        if self.responded_at is None and _is_response(type, data):
            self.responded_at = at


def _is_response(type: str, data: Mapping[str, Any]) -> bool:
    """Whether the requester hears from the desk: work begins, ends, or somebody answers."""
    return type in (EventType.STARTED, EventType.RESOLVED) or (
        type == EventType.REPLIED and data.get("by") == "desk"
    )


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
