"""What belongs to a work item."""

from collections.abc import Callable, Mapping
from typing import Any

from meridian.engine.resources import Mention
from meridian.work.items.facade import (
    EventFacets,
    LinkFacets,
    MergeFacets,
    MessageFacets,
    NumberFacets,
    WatcherFacets,
)
from meridian.work.servicedesk.models import (
    Category,
    HoldReason,
    Link,
    Merge,
    Message,
    Number,
    Team,
    Watcher,
    WorkEvent,
    WorkItem,
)
from meridian.work.servicedesk.models.references import ConfigurationItem, Person, Site
from meridian.work.servicedesk.policies import DeskMergePolicy

# The rows that the data of events and the kept state of a merge name.
MENTIONED: Mapping[str, Mention] = {
    "item": Mention(WorkItem, "number"),
    "from": Mention(WorkItem, "number"),
    "merged_into": Mention(WorkItem),
    "message": Mention(Message),
    "team": Mention(Team),
    "assignee": Mention(Person),
    "site": Mention(Site),
    "category": Mention(Category),
    "concerns": Mention(ConfigurationItem),
    "hold_reason": Mention(HoldReason),
}


class WorkEventResource(EventFacets):
    model = WorkEvent

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, Mention]:
        return MENTIONED if name == "data" else {}


class MessageResource(MessageFacets):
    model = Message


class NumberResource(NumberFacets):
    model = Number


class WatcherResource(WatcherFacets):
    model = Watcher


class LinkResource(LinkFacets):
    model = Link


class MergeResource(MergeFacets):
    model = Merge
    policy = DeskMergePolicy

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, Mention]:
        return MENTIONED if name == "before" else {}
