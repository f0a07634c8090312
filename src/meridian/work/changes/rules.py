"""How a change moves, what its risk is and why, and when its window is in conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from meridian.work.changes.contracts import OPEN_STATES, Level, State
from meridian.work.items.contracts.folding import Folded as ItemFolded
from meridian.work.items.contracts.machine import Machine, Move

DRAFT, ASSESS, AUTHORISE, SCHEDULED, IMPLEMENT, REVIEW, CLOSED, REJECTED, CANCELLED = (
    state.value for state in State
)
OPEN = frozenset(state.value for state in OPEN_STATES)
ENDED = frozenset({CLOSED, REJECTED, CANCELLED})
ANY_STATE = frozenset(state.value for state in State)
PLANNED = frozenset({DRAFT, ASSESS, AUTHORISE, SCHEDULED})
# Whose window counts in conflicts: what is only a draft holds nothing.
IN_THE_WAY = frozenset({ASSESS, AUTHORISE, SCHEDULED, IMPLEMENT})

MACHINE = Machine(
    OPEN,
    {
        "change": Move(PLANNED),
        "touch": Move(PLANNED),
        "untouch": Move(PLANNED),
        "assign": Move(OPEN),
        "submit": Move(frozenset({DRAFT}), ASSESS),
        "assess": Move(frozenset({ASSESS})),
        "ask_authorisation": Move(frozenset({ASSESS}), AUTHORISE),
        "implement": Move(frozenset({SCHEDULED}), IMPLEMENT),
        "complete": Move(frozenset({IMPLEMENT}), REVIEW),
        "review": Move(frozenset({REVIEW}), CLOSED),
        "cancel": Move(frozenset({DRAFT, ASSESS, AUTHORISE, SCHEDULED}), CANCELLED),
        "redraft": Move(frozenset({REJECTED, ASSESS, AUTHORISE, SCHEDULED}), DRAFT),
        "note": Move(ANY_STATE),
        "blame": Move(frozenset({IMPLEMENT, REVIEW, CLOSED})),
        "clear": Move(frozenset({IMPLEMENT, REVIEW, CLOSED})),
        "merge": Move(frozenset({DRAFT, ASSESS}), CANCELLED),
        "link": Move(ANY_STATE),
        "unlink": Move(ANY_STATE),
    },
)


@dataclass(slots=True)
class Folded(ItemFolded):
    """The columns of a change that its events decide."""

    state: str = DRAFT
    team: int | None = None
    assignee: int | None = None
    why: str = ""
    plan: str = ""
    test_plan: str = ""
    backout_plan: str = ""
    planned_from: datetime | None = None
    planned_until: datetime | None = None
    outage_minutes: int = 0
    risk_score: int | None = None
    risk_level: str = ""
    outcome: str = ""
    authorised_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    review_due_at: datetime | None = None

    ENDED: ClassVar = ENDED
    INSTANTS: ClassVar = ItemFolded.INSTANTS | {
        *("planned_from", "planned_until", "authorised_at", "started_at", "completed_at", "review_due_at")
    }
    REFERENCES: ClassVar = frozenset({"merged_into", "team", "assignee"})

    def move(self, state: str, at: datetime) -> None:
        """Authorised, begun and ended have their instants; what goes back has none of them."""
        if state == SCHEDULED:
            self.authorised_at = at
        elif state == IMPLEMENT:
            self.started_at = at
        elif state == REVIEW:
            self.completed_at = at
        elif state in (DRAFT, ASSESS):
            self.authorised_at = self.closed_at = None
        if state in ENDED:
            self.closed_at = at


# Each question of risk with how many answers it has, the least first.
QUESTIONS: Mapping[str, int] = {"experience": 3, "testing": 3, "backout": 3, "people": 4}
MOST_WEIGHT = 4
MODERATE_FROM, HIGH_FROM = 25, 50
MOST_SCORE = 100


class Risk(NamedTuple):
    """A score of 0 to 100 with what it was made of: each factor from 0 to 1, and the history on top."""

    score: int
    level: str
    likelihood: int
    impact: int
    history: int


def risk_of(answers: Mapping[str, int], weight: int, implemented: int, failed: int) -> Risk:
    """The risk of a change: how likely it goes wrong by the answers × what it touches, raised by history.

    Answers count from 0 (harmless) to one below the number of answers of the question; `weight` is that
    of the gravest thing touched, 0 to 4; of changes to the same things `failed` of `implemented` went wrong.
    """
    given = sum(min(answers.get(name, 0), most - 1) for name, most in QUESTIONS.items())
    likelihood = round(100 * given / sum(most - 1 for most in QUESTIONS.values()))
    impact = round(100 * min(weight, MOST_WEIGHT) / MOST_WEIGHT)
    history = round(100 * failed / implemented) if implemented else 0
    # What never fails by its answers still touches something: a fifth of the likelihood is always there.
    raw = (20 + 0.8 * likelihood) * (20 + 0.8 * impact) / 100
    score = min(MOST_SCORE, round(raw * (1 + history / 100)))
    level = Level.HIGH if score >= HIGH_FROM else Level.MODERATE if score >= MODERATE_FROM else Level.LOW
    return Risk(score, level.value, likelihood, impact, history)


def stand_together(
    own: frozenset[int], ground: frozenset[int], other: frozenset[int], below: frozenset[int]
) -> bool:
    """Whether two changes touch the same thing, or one touches what something of the other stands on.

    `own` and `other` are the things touched, `ground` and `below` those with all that they stand on.
    """
    return bool(own & below) or bool(other & ground)


REVIEW_DAYS = 5


def nth_open_day(openings: Iterable[tuple[datetime, datetime]], days: int) -> datetime | None:
    """The end of the last opening of the nth day on which somebody is there; None when there are fewer."""
    ends: dict[Any, datetime] = {}
    for starts_at, ends_at in openings:
        ends[starts_at.date()] = max(ends_at, ends.get(starts_at.date(), ends_at))
    ordered = sorted(ends)
    return ends[ordered[days - 1]] if len(ordered) >= days else None


def review_due(openings: Iterable[tuple[datetime, datetime]], at: datetime) -> datetime:
    """When a review is due: at the end of the fifth open day; of a team that never opens, after a week."""
    return nth_open_day(openings, REVIEW_DAYS) or at + timedelta(days=7)
