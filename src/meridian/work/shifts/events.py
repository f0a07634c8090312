"""What shifts tell other modules. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SwapAsked:
    """`giver` asks `taker` to take over what lies between two instants."""

    swap: int
    giver: int
    taker: int
    start_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True)
class SwapAnswered:
    """The taker has accepted or refused, as `state` says."""

    swap: int
    giver: int
    taker: int
    state: str
    start_at: datetime
    end_at: datetime
