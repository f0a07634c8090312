"""What the reader of the incident log hands over: rows, incidents, happenings and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


class LogRow(NamedTuple):
    """A row of the log: an incident as it stood after one update.

    Every attribute is the log's own anonymous word ("group 70" is `"70"`), None where it says `?`.
    Instants are read as UTC, to the minute; the log names no zone. `resolved_at` and `closed_at` are
    the incident's last ones, repeated by the log on each of its rows. `line` counts from 2.
    """

    line: int
    number: str
    state: str
    updated_at: datetime
    updated_by: str | None
    opened_at: datetime
    opened_by: str | None
    resolved_at: datetime | None
    closed_at: datetime | None
    reassignment_count: int
    reopen_count: int
    modification_count: int
    made_sla: bool
    caller: str | None
    contact_type: str
    location: str | None
    category: str | None
    subcategory: str | None
    symptom: str | None
    configuration_item: str | None
    impact: int
    urgency: int
    priority: int
    group: str | None
    assignee: str | None
    vendor: str | None
    problem: str | None
    change: str | None
    caused_by: str | None
    closed_code: str | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that could not be replayed: its line, its words as they stand, and why."""

    line: int
    number: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Incident:
    """The rows of one incident, in order of time, and those put aside."""

    number: str
    rows: tuple[LogRow, ...]
    quarantined: tuple[Quarantined, ...] = ()


class Happening(NamedTuple):
    """A row, or the opening, as an event of a work item.

    `changes` holds `[before, after]` by the names of the work item's columns, with the log's own words
    for team, assignee, site and category; `facts` are left alone by the fold. `actor` is the log's
    user, None for a person unknown.
    """

    at: datetime
    type: str
    actor: str | None
    changes: dict[str, list[Any]]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """The public figures of the log; shares in per cent of the incidents."""

    incidents: int
    rows: int
    never_reassigned: float
    reassigned_3_or_more: float
    bounced: float
    reopened: float
    sla_missed: float
    waited: float
    ci_linked: float
    by_phone: float
    median_hours: float
    p90_hours: float
    peak_hour_share: float


@dataclass(frozen=True, slots=True)
class Traits:
    """What the flow figures need of one case; instants in microseconds since 1970."""

    events: int
    first_at: int
    last_at: int
    changes_country: bool
    bounces_country: bool
    stays_in_one_line: bool
    waited: bool

    @property
    def hours(self) -> float:
        """From the first event to the last one."""
        return (self.last_at - self.first_at) / 3_600_000_000


@dataclass(frozen=True, slots=True)
class Flow:
    """How the cases of one log flowed; shares in per cent of the cases.

    A share of what the mapping doesn't name, and the median of no case, are None.
    """

    log: str
    cases: int
    events: int
    changes_country: float | None
    bounces_country: float | None
    stays_in_one_line: float | None
    waited: float | None
    median_hours: float | None


class LoggedEvent(NamedTuple):
    """An event as it is stored; see `EventRow` for `data`."""

    at: datetime
    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ItemLog:
    """An item with its whole event log, in order."""

    number: str
    channel: str
    configuration_item: str
    opened_at: datetime
    resolved_at: datetime | None
    reassigned_count: int
    reopened_count: int
    events: tuple[LoggedEvent, ...]
