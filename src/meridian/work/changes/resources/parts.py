"""What belongs to a change."""

from collections.abc import Callable, Mapping
from typing import Any

from meridian.engine.resources import F, Mention, Resource
from meridian.work.changes.models import (
    Change,
    ChangeEvent,
    ChangeLink,
    ChangeMerge,
    ChangeMessage,
    ChangeNumber,
    ChangeWatcher,
)
from meridian.work.changes.models.references import Person
from meridian.work.items.facade import EventPolicy, ItemPartPolicy, LinkPolicy, MergePolicy, MessagePolicy
from meridian.work.servicedesk.facade import Team

# The rows that the data of events and the kept state of a merge name.
MENTIONED: Mapping[str, Mention] = {
    "from": Mention(Change, "number"),
    "merged_into": Mention(Change),
    "team": Mention(Team),
    "assignee": Mention(Person),
}


class ChangeMergePolicy(MergePolicy):
    unit = "target__team__unit__path"


class ChangeEventResource(Resource):
    model = ChangeEvent
    address = "change-events"
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


class ChangeMessageResource(Resource):
    model = ChangeMessage
    address = "change-words"
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


class ChangeNumberResource(Resource):
    model = ChangeNumber
    address = "further-numbers"
    policy = ItemPartPolicy
    found_as = "item"
    in_menu = False
    key = "alias"
    related = ("item",)
    add = change = remove = None
    fields = (F("alias", column=True, search="B", api="r"), F("item", column=True, filter=False, api="r"))


class ChangeWatcherResource(Resource):
    model = ChangeWatcher
    address = "change-watchers"
    policy = ItemPartPolicy
    in_menu = False
    related = ("item", "person")
    titled = ("person", "item")
    add = change = remove = None
    fields = (
        F("item", column=True, filter=False, api="r"),
        F("person", column=True, filter=False, api="r"),
    )


class ChangeLinkResource(Resource):
    model = ChangeLink
    address = "change-links"
    policy = LinkPolicy
    in_menu = False
    related = ("source", "target")
    add = change = remove = None
    fields = (
        F("source", column=True, filter=False, api="r"),
        F("target", column=True, filter=False, api="r"),
        F("type", column=True, api="r"),
    )


class ChangeMergeResource(Resource):
    model = ChangeMerge
    address = "change-merges"
    policy = ChangeMergePolicy
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
