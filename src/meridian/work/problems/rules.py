"""How a problem moves and its columns follow, when something rises, and which words tell problems apart."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from meridian.work.items.contracts.folding import Folded as ItemFolded
from meridian.work.items.contracts.machine import Machine, Move
from meridian.work.problems.contracts import OPEN_STATES, State

LOGGED, ANALYSIS, CAUSE_KNOWN, KNOWN_ERROR, FIX_IN_CHANGE, RESOLVED, CLOSED, CANCELLED = (
    state.value for state in State
)
OPEN = frozenset(state.value for state in OPEN_STATES)
ENDED = frozenset({RESOLVED, CLOSED, CANCELLED})
ANY_STATE = frozenset(state.value for state in State)

MACHINE = Machine(
    OPEN,
    {
        "assign": Move(OPEN),
        "analyse": Move(frozenset({LOGGED}), ANALYSIS),
        "find_cause": Move(frozenset({LOGGED, ANALYSIS}), CAUSE_KNOWN),
        "know": Move(OPEN, KNOWN_ERROR),
        "await_change": Move(frozenset({CAUSE_KNOWN, KNOWN_ERROR}), FIX_IN_CHANGE),
        "resolve": Move(OPEN, RESOLVED),
        "close": Move(frozenset({RESOLVED}), CLOSED),
        "reopen": Move(frozenset({RESOLVED, CLOSED}), ANALYSIS),
        "cancel": Move(OPEN, CANCELLED),
        "change": Move(OPEN),
        "note": Move(ANY_STATE),
        "attach": Move(OPEN | {RESOLVED}),
        "detach": Move(OPEN | {RESOLVED}),
        "merge": Move(OPEN, CLOSED),
        "link": Move(ANY_STATE),
        "unlink": Move(ANY_STATE),
    },
)


@dataclass(slots=True)
class Folded(ItemFolded):
    """The columns of a problem that its events decide."""

    state: str = LOGGED
    team: int | None = None
    assignee: int | None = None
    category: int | None = None
    concerns: int | None = None
    priority: int = 3
    method: str = ""
    root_cause: str = ""
    cause_known_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution: str = ""

    ENDED: ClassVar = ENDED
    INSTANTS: ClassVar = ItemFolded.INSTANTS | {"cause_known_at", "resolved_at"}
    REFERENCES: ClassVar = frozenset({"merged_into", "team", "assignee", "category", "concerns"})

    def move(self, state: str, at: datetime) -> None:
        """A solution and an end have their instants; what goes on again has neither."""
        if state == RESOLVED:
            self.resolved_at = at
        elif state in ENDED:
            self.closed_at = at
        elif self.state in ENDED:
            self.resolved_at = self.closed_at = None

    def follow(self, type: str, at: datetime, data: Mapping[str, Any]) -> None:
        """The first cause that is found has its instant."""
        if "root_cause" in data and data["root_cause"][1] and self.cause_known_at is None:
            self.cause_known_at = at


FEWEST_RECENT = 5
DEVIATIONS = 3
MOST_DEAR = 2


def rises(recent: int, before: int, weeks: int) -> bool:
    """Whether `recent` incidents of one week are more than chance makes of `before` in so many weeks.

    Incidents that have nothing to do with each other scatter about their mean by its square root
    (Poisson); three such deviations above the mean, and at least double, is no chance any more.
    """
    mean = before / weeks
    return (
        recent >= FEWEST_RECENT
        and recent >= MOST_DEAR * mean
        and recent > mean + DEVIATIONS * math.sqrt(mean)
    )


WORD = re.compile(r"\w{4,}", re.UNICODE)
# Chinese has no spaces: two signs beside each other make a word.
HAN = re.compile(r"[\u4e00-\u9fff]+")


def words_of_text(text: str) -> frozenset[str]:
    """The words of a text that tell one trouble from another, in whatever language."""
    lowered = text.lower()
    pairs = (run[place : place + 2] for run in HAN.findall(lowered) for place in range(len(run) - 1))
    return frozenset(WORD.findall(HAN.sub(" ", lowered))) | frozenset(pairs)


def likeness(asked: frozenset[str], texts: Iterable[str]) -> float:
    """How much of what is asked stands in the best of the texts: none 0, all 1."""
    if not asked:
        return 0.0
    return max((len(asked & words_of_text(text)) / len(asked) for text in texts), default=0.0)
