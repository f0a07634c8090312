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
from meridian.work.servicedesk.models import (
    Category,
    HoldReason,
    Link,
    Membership,
    Message,
    Team,
    WorkEvent,
    WorkItem,
)
from meridian.work.servicedesk.models.references import ConfigurationItem, DutyStation, Person
from meridian.work.servicedesk.queries.audience import audience_of, may_read
from meridian.work.servicedesk.queries.beside import beside
from meridian.work.servicedesk.queries.files import files_for_requester
from meridian.work.servicedesk.queries.items import (
    find_item,
    holder_of,
)
from meridian.work.servicedesk.queries.logs import logs_of_imported_items
from meridian.work.servicedesk.queries.numbers import SERIES, own_number
from meridian.work.servicedesk.queries.requests import conversation, last_of, requests_of

__all__ = [
    "BULK_VERBS",
    "SERIES",
    "Category",
    "ConfigurationItem",
    "DutyStation",
    "HoldReason",
    "Link",
    "Membership",
    "Message",
    "Person",
    "Team",
    "WorkEvent",
    "WorkItem",
    "add_item",
    "ask",
    "assign",
    "audience_of",
    "beside",
    "cancel",
    "carry_out_many",
    "change_item",
    "check_folds",
    "close",
    "confirm",
    "conversation",
    "due_at",
    "files_for_requester",
    "find_item",
    "hold",
    "holder_of",
    "last_of",
    "link",
    "load_history",
    "logs_of_imported_items",
    "may_read",
    "merge",
    "note",
    "own_number",
    "reopen",
    "reply",
    "requests_of",
    "resolve",
    "resume",
    "split",
    "start",
    "take",
    "unlink",
    "unmerge",
    "unwatch",
    "watch",
]


def check_folds(amount: int) -> tuple[int, list[Difference]]:
    """Fold some `amount` items anew from their events: how many, and what differs."""
    chosen = sample(WorkItem, amount)
    return len(chosen), refold(WorkItem, chosen)


def due_at(*, priority: int, opened_at: datetime, calendar_id: int) -> datetime:
    """When an item of this priority is due, counted in the open hours of a calendar."""
    return rules.due_at(priority, opened_at, working_time(calendar_id))
