"""The door of the service desk for other modules: verbs, reads, and the nouns that forms refer to."""

from datetime import datetime

from meridian.registers.calendars.facade import working_time
from meridian.work.items.facade import Difference, refold, sample
from meridian.work.servicedesk import rules
from meridian.work.servicedesk.commands import (
    BULK_VERBS,
    add_item,
    ask,
    assign,
    cancel,
    carry_out_many,
    change_item,
    close,
    confirm,
    hold,
    link,
    load_history,
    merge,
    note,
    reopen,
    reply,
    resolve,
    resume,
    split,
    start,
    take,
    unlink,
    unmerge,
    unwatch,
    watch,
)
from meridian.work.servicedesk.commands.numbers import reserve_incident_numbers
from meridian.work.servicedesk.models import Category, HoldReason, Link, Membership, Message, Team, WorkItem
from meridian.work.servicedesk.models.references import DutyStation, Person
from meridian.work.servicedesk.queries.audience import audience_of, may_read
from meridian.work.servicedesk.queries.beside import LinkRow, beside
from meridian.work.servicedesk.queries.counts import (
    count_desks_by_location_group,
    count_requests_by_location_group,
    last_opening,
    open_work_of_desks,
    requests_of_year,
    service_desks,
)
from meridian.work.servicedesk.queries.files import files_for_requester
from meridian.work.servicedesk.queries.items import (
    Names,
    find_item,
    holder_of,
    own_number,
)
from meridian.work.servicedesk.queries.logs import logs_of_imported_items
from meridian.work.servicedesk.queries.marks import desk_marks, desks_near
from meridian.work.servicedesk.queries.requests import conversation, last_of, requests_of
from meridian.work.servicedesk.queries.then import (
    came_in_by_hour,
    falling_due,
    items_to_show,
    open_desks_by_hour,
    work_then,
)

__all__ = [
    "BULK_VERBS",
    "Category",
    "DutyStation",
    "HoldReason",
    "Link",
    "LinkRow",
    "Membership",
    "Message",
    "Names",
    "Person",
    "Team",
    "WorkItem",
    "add_item",
    "ask",
    "assign",
    "audience_of",
    "beside",
    "came_in_by_hour",
    "cancel",
    "carry_out_many",
    "change_item",
    "check_folds",
    "close",
    "confirm",
    "conversation",
    "count_desks_by_location_group",
    "count_requests_by_location_group",
    "desk_marks",
    "desks_near",
    "due_at",
    "falling_due",
    "files_for_requester",
    "find_item",
    "hold",
    "holder_of",
    "items_to_show",
    "last_of",
    "last_opening",
    "link",
    "load_history",
    "logs_of_imported_items",
    "may_read",
    "merge",
    "note",
    "open_desks_by_hour",
    "open_work_of_desks",
    "own_number",
    "reopen",
    "reply",
    "requests_of",
    "requests_of_year",
    "reserve_incident_numbers",
    "resolve",
    "resume",
    "service_desks",
    "split",
    "start",
    "take",
    "unlink",
    "unmerge",
    "unwatch",
    "watch",
    "work_then",
]


def check_folds(amount: int) -> tuple[int, list[Difference]]:
    """Fold some `amount` items anew from their events: how many, and what differs."""
    chosen = sample(WorkItem, amount)
    return len(chosen), refold(WorkItem, chosen)


def due_at(*, priority: int, opened_at: datetime, calendar_id: int) -> datetime:
    """When an item of this priority is due, counted in the open hours of a calendar."""
    return rules.due_at(priority, opened_at, working_time(calendar_id))
