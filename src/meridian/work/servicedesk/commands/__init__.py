"""Every write of the service desk."""

from meridian.work.servicedesk.commands.conversation import note, reply
from meridian.work.servicedesk.commands.ending import cancel, close, confirm, reopen
from meridian.work.servicedesk.commands.history import continue_history, load_history
from meridian.work.servicedesk.commands.opening import add_item, ask
from meridian.work.servicedesk.commands.particulars import change_item
from meridian.work.servicedesk.commands.promising import promise
from meridian.work.servicedesk.commands.relations import link, merge, split, unlink, unmerge, unwatch, watch
from meridian.work.servicedesk.commands.undoing import take_back
from meridian.work.servicedesk.commands.waking import wake_items
from meridian.work.servicedesk.commands.working import assign, hold, resolve, resume, start, take

__all__ = [
    "add_item",
    "ask",
    "assign",
    "cancel",
    "change_item",
    "close",
    "confirm",
    "take_back",
    "hold",
    "link",
    "continue_history",
    "load_history",
    "merge",
    "note",
    "promise",
    "reopen",
    "reply",
    "resolve",
    "resume",
    "split",
    "start",
    "take",
    "unlink",
    "unmerge",
    "unwatch",
    "wake_items",
    "watch",
]
