"""How the columns of an item follow from its events.

The event log is the truth: `fold` computes every column that changes in an item's life, and the
commands use the same `step`, so that what is stored can't differ from what is folded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, NamedTuple, TypeVar

from meridian.work.items.contracts.happenings import OPENED, REOPENED


@dataclass(slots=True)
class Folded:
    """The columns of an item that its events decide; references are ids, instants UTC.

    A module's own columns are fields of a subclass. `INSTANTS` and `REFERENCES` say which of them
    are times and rows; `ENDED` the states in which nobody works on an item any more.
    """

    state: str = ""
    title: str = ""
    merged_into: int | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    updated_at: datetime | None = None
    reopened_count: int = 0
    event_count: int = 0

    INSTANTS: ClassVar[frozenset[str]] = frozenset({"opened_at", "closed_at"})
    REFERENCES: ClassVar[frozenset[str]] = frozenset({"merged_into"})
    ENDED: ClassVar[frozenset[str]] = frozenset()
    # Counted from every event, and never told by one.
    COUNTED: ClassVar[frozenset[str]] = frozenset({"updated_at", "event_count"})

    def step(self, type: str, at: datetime, data: Mapping[str, Any]) -> None:
        """Carry the columns over one event: first what follows from it, then what its data name."""
        if type == OPENED:
            self.opened_at = at
        if "state" in data:
            self.move(data["state"][1], at)
        if type == REOPENED:
            self.reopened_count += 1
        self.follow(type, at, data)
        kind: Any = self.__class__
        changing, instants = changing_of(kind), self.INSTANTS
        for name, change in data.items():
            if name in changing:
                value = change[1]
                if name in instants and value is not None:
                    value = datetime.fromisoformat(value)
                setattr(self, name, value)
        self.updated_at = at if self.updated_at is None else max(self.updated_at, at)
        self.event_count += 1

    def move(self, state: str, at: datetime) -> None:
        """What follows from another state; the state itself is set after it."""
        if state in self.ENDED:
            self.closed_at = at
        elif self.state in self.ENDED:
            self.closed_at = None

    def follow(self, type: str, at: datetime, data: Mapping[str, Any]) -> None:
        """What else follows from an event, while the columns are those before it."""


F = TypeVar("F", bound=Folded)


@cache
def names_of(folded: Any) -> tuple[str, ...]:
    """Every folded column."""
    return tuple(field.name for field in fields(folded))


@cache
def changing_of(folded: Any) -> frozenset[str]:
    """The columns that the data of events may name."""
    counted: frozenset[str] = folded.COUNTED
    return frozenset(names_of(folded)) - counted


@cache
def columns_of(folded: Any) -> dict[str, str]:
    """The column of the table for each folded one: references end in `_id`."""
    return {name: f"{name}_id" if name in folded.REFERENCES else name for name in names_of(folded)}


class Happening(NamedTuple):
    """What the fold reads of an event."""

    type: str
    at: datetime
    data: Mapping[str, Any]


def fold(kind: type[F], events: Iterable[Happening]) -> F:
    """The columns after all events, in their order."""
    folded = kind()
    for event in events:
        folded.step(event.type, event.at, event.data)
    return folded


def plain(value: Any) -> Any:
    """A value as event data hold it: instants in ISO 8601, rows by id, enumerations by value."""
    if isinstance(value, datetime):
        return value.isoformat()
    return getattr(value, "pk", value)
