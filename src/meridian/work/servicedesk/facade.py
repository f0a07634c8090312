"""The door of the service desk for other modules: verbs, reads, and the nouns that forms refer to."""

from meridian.engine.listing.cut import Cut
from meridian.engine.policies import Actor
from meridian.work.items import facade as items
from meridian.work.servicedesk import rules
from meridian.work.servicedesk.commands import (
    add_item,
    ask,
    assign,
    cancel,
    change_item,
    close,
    confirm,
    continue_history,
    hold,
    link,
    load_history,
    merge,
    note,
    promise,
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
    Presence,
    Team,
    WorkEvent,
    WorkItem,
)
from meridian.work.servicedesk.models.references import ConfigurationItem, DutyStation, Person
from meridian.work.servicedesk.queries.audience import audience_of, may_read
from meridian.work.servicedesk.queries.beside import beside
from meridian.work.servicedesk.queries.items import (
    find_item,
    holder_of,
)
from meridian.work.servicedesk.queries.numbers import SERIES, own_number

__all__ = [
    "SERIES",
    "Category",
    "ConfigurationItem",
    "DutyStation",
    "HoldReason",
    "Link",
    "Membership",
    "Message",
    "Person",
    "Presence",
    "Team",
    "WorkEvent",
    "WorkItem",
    "add_item",
    "ask",
    "assign",
    "audience_of",
    "beside",
    "cancel",
    "change_item",
    "check_folds",
    "close",
    "confirm",
    "continue_history",
    "find_item",
    "hold",
    "holder_of",
    "link",
    "load_history",
    "may_read",
    "merge",
    "note",
    "own_number",
    "promise",
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


def check_folds(amount: int) -> tuple[int, list[items.Difference]]:
    """Fold some `amount` items anew from their events: how many, and what differs."""
    chosen = items.sample(WorkItem, amount)
    return len(chosen), items.refold(WorkItem, chosen)


def requests_of(actor: Actor, *, ended: bool, whole: bool = False) -> Cut[WorkItem]:
    """What the actor asked for, the latest event first; a solution to be confirmed hasn't ended."""
    over = (rules.CLOSED, rules.CANCELLED)
    return items.requests_of(WorkItem, actor, over, ended=ended, whole=whole)
