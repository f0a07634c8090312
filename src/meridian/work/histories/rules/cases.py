"""The steps of a case as the events of a work item, in order of time; and what the flow figures need of it.

Events at the same instant stand in the order of their lines; else the order of the file doesn't matter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from meridian.kernel.event_logs.lines import Step
from meridian.work.histories.contracts import Traits
from meridian.work.histories.rules.figures import has_bounced
from meridian.work.items.contracts.happenings import OPENED, EventRow

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# What an event of a log is known by: the line that tells it.
LOG_LINE = "log_line"
WAITING, ON_HOLD = "waiting", "on_hold"
ENDED = frozenset(("resolved", "closed", "cancelled"))
INTO = {
    "on_hold": "held",
    "resolved": "resolved",
    "closed": "closed",
    "cancelled": "cancelled",
    "assigned": "assigned",
    "new": "changed",
}
LONGEST_TITLE, LONGEST_PRODUCT = 200, 120
LEVELS = {
    **dict.fromkeys(("1", "critical", "major", "very high", "highest", "urgent"), 1),
    **dict.fromkeys(("2", "high"), 2),
    **dict.fromkeys(("3", "medium", "normal", "moderate", "average"), 3),
    **dict.fromkeys(("4", "low", "minor", "lowest", "very low"), 4),
}
# The words of the log that an event keeps beside what the house makes of them.
FACTS = (("owner", 6), ("country", 8), ("service_line", 7), ("impact_words", 10))


@dataclass(frozen=True)
class Known:
    """The rows of the house that a log's words lead to, by id."""

    log: str
    kind: str
    teams: Mapping[str, int]
    people: Mapping[str, int]
    nobody: int
    hold_reason: int
    names_country: bool
    names_line: bool


@dataclass(frozen=True, slots=True)
class Life:
    """A case with its events."""

    number: str
    requester: int
    requester_words: str
    events: Sequence[EventRow]
    traits: Traits


def in_cases(steps: list[Step]) -> Iterator[list[Step]]:
    """The steps case by case, each in order of time. The list is sorted in place."""
    # Number, instant and line come first in a step, and no two stand on one line.
    steps.sort()
    for _number, own in groupby(steps, key=itemgetter(0)):
        yield list(own)


def traits_of(steps: Sequence[Step]) -> Traits:
    """What the flow figures need of a case whose steps are in order."""
    countries = [step.country for step in steps if step.country is not None]
    lines = {step.service_line for step in steps if step.service_line is not None}
    return Traits(
        events=len(steps),
        first_at=steps[0].at,
        last_at=steps[-1].at,
        changes_country=len(set(countries)) > 1,
        bounces_country=has_bounced(countries),
        stays_in_one_line=len(lines) == 1,
        waited=any(step.state == WAITING for step in steps),
    )


def life_of(steps: Sequence[Step], known: Known) -> Life:
    """The case whose steps are in order as events of the house."""
    first = steps[0]
    requester_words = _first(step.requester for step in steps) or ""
    opening: dict[str, Any] = {
        "kind": [None, known.kind],
        "title": ["", _title(steps, known.log)],
    }
    if requester_words:
        opening["requester_words"] = requester_words
    before: dict[str, Any] = {"state": None, "team": None, "assignee": None, "configuration_item": ""}
    events, latest = [], None
    for step in steps:
        # A step that says what the one before it said changes nothing.
        said = step.state, step.group, step.owner, step.product, step.impact
        changes = {} if said == latest else _changes(step, before, known)
        latest = said
        data: dict[str, Any] = {**changes, LOG_LINE: step.line, "source_state": step.source_state}
        for name, place in FACTS:
            if step[place] is not None:
                data[name] = step[place]
        at = EPOCH + timedelta(microseconds=step.at)
        if step is first:
            events.append(EventRow(at, OPENED, opening | data))
        else:
            events.append(EventRow(at, _type(changes), data))
    return Life(
        first.number,
        known.people.get(requester_words.lower(), known.nobody),
        requester_words,
        events,
        traits_of(steps),
    )


def _changes(step: Step, before: dict[str, Any], known: Known) -> dict[str, list[Any]]:
    """What a step says anew, by the names of the item's columns; `before` is carried on."""
    after: dict[str, Any] = {"state": ON_HOLD if step.state == WAITING else step.state}
    if step.group is not None:
        after["team"] = known.teams[step.group]
    if step.owner is not None:
        after["assignee"] = known.people.get(step.owner.lower())
    if step.product is not None:
        after["configuration_item"] = step.product[:LONGEST_PRODUCT]
    level = level_of(step.impact)
    if level is not None:
        # Of middle urgency, since logs name none: the priority follows from the impact alone.
        after["impact"], after["priority"] = level, level + 1
    get = before.get
    changes = {name: [get(name), value] for name, value in after.items() if get(name) != value}
    if after["state"] == ON_HOLD and "state" in changes:
        changes["hold_reason"] = [None, known.hold_reason]
    before |= after
    return changes


def _type(changes: Mapping[str, Sequence[Any]]) -> str:
    """The type of event that the changes make."""
    if "state" in changes:
        before, state = changes["state"]
        if before in ENDED and state not in ENDED:
            return "reopened"
        if state == "in_progress":
            return "resumed" if before == ON_HOLD else "started"
        return INTO[state]
    if "team" in changes or "assignee" in changes:
        return "assigned"
    return "changed" if changes else "imported"


def level_of(words: str | None) -> int | None:
    """The level from 1 (most) to 4 that words of another desk mean; None where that can't be told."""
    if words is None:
        return None
    found = LEVELS.get(words.lower())
    if found is None and words[0] in "1234" and not words[1:2].isalnum():
        return int(words[0])
    return found


def _title(steps: Sequence[Step], log: str) -> str:
    subject = _first(step.subject for step in steps)
    if subject is None:
        product = _first(step.product for step in steps)
        subject = f"{product} · {steps[0].number}" if product else f"{steps[0].number} · {log}"
    return " ".join(subject.split())[:LONGEST_TITLE]


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)
