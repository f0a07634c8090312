"""What belongs to a work item."""

from collections.abc import Callable, Mapping
from typing import Any

from meridian.engine.resources import F, Mention, Resource
from meridian.work.items.facade import EventPolicy, ItemPartPolicy, LinkPolicy, MessagePolicy
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


class WorkEventResource(Resource):
    model = WorkEvent
    address = "work-events"
    policy = EventPolicy
    appended = True
    in_menu = False
    related = ("item", "actor")
    order = ("-id",)
    fields = (
        F("item", column=True, filter=False, api="r"),
        F("sequence", column=True, api="r"),
        F("at", column=True, api="r"),
        F("recorded_at", filter=False, api="r"),
        F("actor", column=True, filter=False, api="r"),
        F("type", column=True, api="r"),
        F("data", api="r"),
    )

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, Mention]:
        return MENTIONED if name == "data" else {}


class MessageResource(Resource):
    model = Message
    address = "messages"
    policy = MessagePolicy
    found_as = "item"
    found_for = ("visibility", {"internal": "queue"})
    appended = True
    in_menu = False
    related = ("item",)
    order = ("-id",)
    fields = (
        F("event", filter=False, api="r"),
        F("item", column=True, filter=False, api="r"),
        F("visibility", column=True, api="r"),
        F("language", column=True, api="r"),
        F("text", column=True, search="C", api="r"),
    )


class NumberResource(Resource):
    model = Number
    address = "further-numbers"
    policy = ItemPartPolicy
    found_as = "item"
    in_menu = False
    key = "alias"
    related = ("item",)
    add = change = remove = None
    fields = (F("alias", column=True, search="B", api="r"), F("item", column=True, filter=False, api="r"))


class WatcherResource(Resource):
    model = Watcher
    address = "watchers"
    policy = ItemPartPolicy
    in_menu = False
    related = ("item", "person")
    titled = ("person", "item")
    add = change = remove = None
    fields = (
        F("item", column=True, filter=False, api="r"),
        F("person", column=True, filter=False, api="r"),
    )


class LinkResource(Resource):
    model = Link
    address = "links"
    policy = LinkPolicy
    in_menu = False
    related = ("source", "target")
    add = change = remove = None
    fields = (
        F("source", column=True, filter=False, api="r"),
        F("target", column=True, filter=False, api="r"),
        F("type", column=True, api="r"),
    )


class MergeResource(Resource):
    model = Merge
    address = "merges"
    policy = DeskMergePolicy
    in_menu = False
    related = ("source", "target")
    add = change = remove = None
    fields = (
        F("target", column=True, filter=False, api="r"),
        F("source", column=True, filter=False, api="r"),
        F("before", api=""),
        F("merged_at", column=True, filter=False, api="r"),
        F("undone_at", column=True, filter=False, api="r"),
    )

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, Mention]:
        return MENTIONED if name == "before" else {}
