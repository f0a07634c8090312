"""What the service desk tells higher floors. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ItemOpened:
    item: int
    number: str
    kind: str
    requester: int
    team: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemAssigned:
    item: int
    number: str
    team: int | None
    assignee: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemReplied:
    """`by` is requester or desk."""

    item: int
    number: str
    by: str
    author: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemHeld:
    item: int
    number: str
    hold_reason: int
    until: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemResumed:
    item: int
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemResolved:
    item: int
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemReopened:
    item: int
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemEnded:
    """Closed or cancelled, as `state` says."""

    item: int
    number: str
    state: str
    at: datetime
