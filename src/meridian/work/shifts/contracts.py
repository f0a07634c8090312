"""Words of shifts that other modules use."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class OnDuty(NamedTuple):
    """A person who is at work: at which team, since when and until when (UTC), and whether they lead it."""

    person: int
    team: int
    since: datetime
    until: datetime
    leads: bool


class HubRow(NamedTuple):
    """A hub with its team, its zone and the hub to which it hands over (all by id; None for none)."""

    hub: int
    name: str
    team: int
    zone: str
    hands_over_to: int | None


@dataclass(frozen=True, slots=True)
class HubNow:
    """A hub at an instant: who is awake there, until when somebody is (UTC), and who comes next."""

    row: HubRow
    awake: tuple[OnDuty, ...]
    languages: tuple[str, ...]
    until: datetime | None
    next_start: datetime | None
