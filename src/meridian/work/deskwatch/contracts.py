"""Desks as other modules show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class DeskMark:
    """A service desk on the world view. Instants are UTC, degrees north and east.

    `state` is open, closed, or closing when it closes within the half hour; `changes_at` is
    when it next opens or closes, None when it never does. `waiting` items nobody has begun or
    that are on hold, `in_hand` are being worked on. `place_code` is the duty station's;
    `may_open` says whether the reader may look at the desk's queue.
    """

    team: int
    code: str
    name: str
    place: str
    place_code: str
    latitude: float
    longitude: float
    zone: str
    is_hub: bool
    state: str
    changes_at: datetime | None
    waiting: int
    in_hand: int
    may_open: bool


class DueItem(NamedTuple):
    """An open item of a team and the instant (UTC) at which it falls due; is nobody at the desk then?"""

    item: int
    team: int
    due_at: datetime
    is_asleep: bool


class NearDesk(NamedTuple):
    """A desk that somebody may turn to: of their own place, or a hub. See `DeskMark`."""

    team: int
    name: str
    is_open: bool
    changes_at: datetime | None
