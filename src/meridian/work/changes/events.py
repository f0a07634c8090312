"""What changes tell other modules. Ids are keys of rows, instants UTC; `person` None is Meridian itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChangeDecided:
    """Authorised, rejected or void, as `state` says: scheduled, rejected or assess."""

    change: int
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class ChangeAssigned:
    change: int
    person: int | None
    at: datetime
    assignee: int | None
