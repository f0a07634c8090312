"""The door of the service desk for other modules."""

from datetime import datetime

from meridian.registers.calendars.facade import working_time
from meridian.work.servicedesk import rules
from meridian.work.servicedesk.commands import add_item, ask, cancel, load_history, note, reply, resolve
from meridian.work.servicedesk.queries.counts import (
    count_desks_by_location_group,
    count_requests_by_location_group,
    last_opening,
)
from meridian.work.servicedesk.queries.marks import desk_marks
from meridian.work.servicedesk.queries.refold import Difference, refold, sample

__all__ = [
    "add_item",
    "ask",
    "cancel",
    "check_folds",
    "count_desks_by_location_group",
    "count_requests_by_location_group",
    "desk_marks",
    "due_at",
    "last_opening",
    "load_history",
    "note",
    "reply",
    "resolve",
]


def check_folds(amount: int) -> tuple[int, list[Difference]]:
    """Fold some `amount` items anew from their events: how many, and what differs."""
    chosen = sample(amount)
    return len(chosen), refold(chosen)


def due_at(*, priority: int, opened_at: datetime, calendar_id: int) -> datetime:
    """When an item of this priority is due, counted in the open hours of a calendar."""
    return rules.due_at(priority, opened_at, working_time(calendar_id))
