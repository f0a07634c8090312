"""What projects tell of requests for a change of the plan. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """Somebody (`account`) asks for a change, which somebody else is to decide."""

    change: int
    account: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeDecided:
    change: int
    account: int | None
    at: datetime
    accepted: bool
