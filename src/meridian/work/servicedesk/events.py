"""What the service desk tells other modules. Ids are keys of rows, instants UTC.

Every event names the item, the place of the happening in its log (`sequence`), and the person
who did it; None when Meridian itself did.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ItemOpened:
    item: int
    sequence: int
    person: int | None
    at: datetime
    kind: str
    requester: int
    team: int | None


@dataclass(frozen=True, slots=True)
class ItemAssigned:
    item: int
    sequence: int
    person: int | None
    at: datetime
    team: int | None
    assignee: int | None


@dataclass(frozen=True, slots=True)
class ItemReplied:
    """`by` is requester or desk."""

    item: int
    sequence: int
    person: int | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ItemNoted:
    """Something was written down that only the desk sees."""

    item: int
    sequence: int
    person: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemHeld:
    """`waits_for_requester`: nothing goes on until the requester answers."""

    item: int
    sequence: int
    person: int | None
    at: datetime
    waits_for_requester: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ItemResumed:
    item: int
    sequence: int
    person: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemResolved:
    item: int
    sequence: int
    person: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemReopened:
    item: int
    sequence: int
    person: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemEnded:
    """Closed or cancelled, as `state` says."""

    item: int
    sequence: int
    person: int | None
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class ItemDueMoved:
    """What was promised has changed: `due_at` instead of `before`."""

    item: int
    sequence: int
    person: int | None
    at: datetime
    before: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ItemMoved:
    """Anything has happened after the opening but a note or a link: a reaction reads the log from here."""

    item: int
    sequence: int
    person: int | None
    at: datetime
