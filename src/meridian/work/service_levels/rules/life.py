"""The life of an item as clocks see it: how it stood from which second on, and what the requester heard.

Events count where they happened, not where they were recorded: one that became known late takes its
place among the others. A merge that was undone is as if it had never been.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from meridian.work.items.contracts.happenings import MERGED, OPENED, REPLIED, UNMERGED

OPEN = frozenset({"new", "assigned", "in_progress", "on_hold"})
ON_HOLD, RESOLVED, CLOSED, CANCELLED, IN_PROGRESS = (
    "on_hold",
    "resolved",
    "closed",
    "cancelled",
    "in_progress",
)
Event = tuple[str, datetime, Mapping[str, Any]]


class Standing(NamedTuple):
    """How an item stands: what clocks ask of it. References are ids; `hold_until` a second of 1970."""

    state: str = "new"
    kind: str = "incident"
    priority: int = 4
    team: int | None = None
    site: int | None = None
    category: int | None = None
    assignee: int | None = None
    hold_reason: int | None = None
    hold_until: int | None = None
    is_merged: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Life:
    """`turns` say from which second on the item stood how, in order; `responses` when the requester heard
    from the desk in any way, `answers` when in words."""

    turns: list[tuple[int, Standing]]
    responses: list[int]
    answers: list[int]

    @property
    def start(self) -> int:
        return self.turns[0][0]

    @property
    def last(self) -> Standing:
        return self.turns[-1][1]


FIELDS = frozenset(Standing._fields) - {"is_merged", "hold_until"}


def life_of(events: Iterable[Event], now: int) -> Life:
    """The life that the events tell until the second `now`; they are in the order of their recording."""
    turns: list[tuple[int, Standing]] = []
    responses: list[int] = []
    answers: list[int] = []
    standing = Standing()
    for second, type, data in _in_time(events):
        if second > now and turns:
            break
        if turns:
            _wake(turns, second)
            standing = turns[-1][1]
        after = _after(standing, type, data)
        if after != standing or not turns:
            if turns and turns[-1][0] == second:
                turns.pop()
            turns.append((second, after))
        if type == REPLIED and data.get("by") == "desk":
            answers.append(second)
            responses.append(second)
        elif type in ("started", RESOLVED):
            responses.append(second)
    _wake(turns, now)
    return Life(turns, responses, answers)


def _in_time(events: Iterable[Event]) -> list[tuple[int, str, Mapping[str, Any]]]:
    found: list[tuple[int, str, Mapping[str, Any]]] = []
    merged: list[int] = []
    for type, at, data in events:
        if type == MERGED and "state" in data:
            merged.append(len(found))
        elif type == UNMERGED and "state" in data:
            if merged:
                del found[merged.pop()]
            continue
        found.append((int(at.timestamp()), type, data))
    if found and found[0][1] == OPENED:
        # Nothing happens to an item before it is opened.
        first = found[0][0]
        found = [(max(second, first), type, data) for second, type, data in found]
    found.sort(key=itemgetter(0))
    return found


def _after(standing: Standing, type: str, data: Mapping[str, Any]) -> Standing:
    named = FIELDS & data.keys()
    if not named and "hold_until" not in data:
        return standing
    changes: dict[str, Any] = {name: data[name][1] for name in named}
    if "state" in changes and changes["state"] != ON_HOLD:
        changes |= {"hold_reason": None, "hold_until": None}
    elif "hold_until" in data:
        until = data["hold_until"][1]
        changes["hold_until"] = int(datetime.fromisoformat(until).timestamp()) if until else None
    if type == MERGED:
        changes["is_merged"] = True
    return standing._replace(**changes)


def _wake(turns: list[tuple[int, Standing]], now: int) -> None:
    """A hold that is over by now ended at the time until which it was to last."""
    second, last = turns[-1]
    if last.state == ON_HOLD and last.hold_until is not None and last.hold_until <= now:
        if last.hold_until <= second:
            turns.pop()
        turns.append((max(second, last.hold_until), awake(last)))


def awake(standing: Standing) -> Standing:
    """How an item stands whose hold is over."""
    return standing._replace(state=IN_PROGRESS, hold_reason=None, hold_until=None)
