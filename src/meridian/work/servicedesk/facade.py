"""The door of the service desk for other modules."""

from datetime import datetime

from meridian.registers.calendars.facade import working_time
from meridian.work.servicedesk import rules
from meridian.work.servicedesk.commands import add_item, ask, cancel, load_history, note, reply, resolve
from meridian.work.servicedesk.commands.numbers import reserve_incident_numbers
from meridian.work.servicedesk.commands.settings import add_category, add_membership, add_team
from meridian.work.servicedesk.models import HoldReason
from meridian.work.servicedesk.queries.counts import (
    count_desks_by_location_group,
    count_requests_by_location_group,
    last_opening,
)
from meridian.work.servicedesk.queries.logs import logs_of_imported_items, taken_numbers
from meridian.work.servicedesk.queries.marks import desk_marks
from meridian.work.servicedesk.queries.refold import Difference, refold, sample

__all__ = [
    "add_category",
    "add_item",
    "add_membership",
    "add_team",
    "ask",
    "cancel",
    "check_folds",
    "count_desks_by_location_group",
    "count_requests_by_location_group",
    "desk_marks",
    "due_at",
    "hold_reason_ids",
    "last_opening",
    "load_history",
    "logs_of_imported_items",
    "note",
    "reply",
    "reserve_incident_numbers",
    "resolve",
    "taken_numbers",
]


def hold_reason_ids() -> dict[str, int]:
    """Ids of the hold reasons by code."""
    return dict(HoldReason.objects.values_list("code", "pk"))


def check_folds(amount: int) -> tuple[int, list[Difference]]:
    """Fold some `amount` items anew from their events: how many, and what differs."""
    chosen = sample(amount)
    return len(chosen), refold(chosen)


def due_at(*, priority: int, opened_at: datetime, calendar_id: int) -> datetime:
    """When an item of this priority is due, counted in the open hours of a calendar."""
    return rules.due_at(priority, opened_at, working_time(calendar_id))
