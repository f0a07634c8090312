"""What the resources of the tables that belong to an item have in common.

A module names its own table, and what else is its own: `class LinkResource(LinkFacets): model = Link`.
"""

from meridian.engine.resources import F, Resource
from meridian.work.items.policies import EventPolicy, ItemPartPolicy, LinkPolicy, MergePolicy, MessagePolicy


class EventFacets(Resource):
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


class MessageFacets(Resource):
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


class NumberFacets(Resource):
    address = "further-numbers"
    policy = ItemPartPolicy
    found_as = "item"
    in_menu = False
    key = "alias"
    related = ("item",)
    add = change = remove = None
    fields = (F("alias", column=True, search="B", api="r"), F("item", column=True, filter=False, api="r"))


class WatcherFacets(Resource):
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


class LinkFacets(Resource):
    address = "links"
    titled = ("source", "type", "target")
    policy = LinkPolicy
    in_menu = False
    related = ("source", "target")
    add = change = remove = None
    fields = (
        F("source", column=True, filter=False, api="r"),
        F("target", column=True, filter=False, api="r"),
        F("type", column=True, api="r"),
    )


class MergeFacets(Resource):
    address = "merges"
    policy = MergePolicy
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
