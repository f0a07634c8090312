"""Tables of the service desk."""

from meridian.work.servicedesk.models.events import Message, WorkEvent
from meridian.work.servicedesk.models.items import Link, Merge, Number, Presence, Watcher, WorkItem
from meridian.work.servicedesk.models.settings import Category, HoldReason, PriorityCell
from meridian.work.servicedesk.models.teams import Membership, Team

__all__ = [
    "Category",
    "HoldReason",
    "Link",
    "Membership",
    "Merge",
    "Message",
    "Number",
    "Presence",
    "PriorityCell",
    "Team",
    "WorkEvent",
    "WorkItem",
    "Watcher",
]
