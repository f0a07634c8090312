"""What the house knows of the catalogue."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.catalogue import commands
from meridian.work.catalogue.models import Item, Order, OrderLine, Task, UsageFact, Version
from meridian.work.catalogue.policies import (
    FactPolicy,
    ItemPolicy,
    LinePolicy,
    OrderPolicy,
    TaskPolicy,
    VersionPolicy,
)

TONES = {
    "basket": "still",
    "approval": "watch",
    "fulfilment": "accent",
    "fulfilled": "good",
    "rejected": "bad",
    "cancelled": "still",
}


def read(name: str, **facets: Any) -> F:
    """A field that only commands write."""
    return F(name, form=False, api="r", **facets)


class ItemResource(Resource):
    model = Item
    address = "items"
    policy = ItemPolicy
    key = "code"
    order = ("code",)
    related = ("unit", "owner", "service")
    icon = "item"
    fields = (
        F("code", column=True, search="A"),
        F("group", column=True),
        F("icon"),
        F("service", column=True),
        F("unit", column=True),
        F("owner", column=True, filter=False),
    )


class VersionResource(Resource):
    model = Version
    address = "versions"
    policy = VersionPolicy
    known_by = ("item", "number")
    order = ("item", "-number")
    related = ("item",)
    inside = "item"
    in_menu = False
    state = "state"
    tones = {"draft": "watch", "published": "good", "withdrawn": "still"}
    fields = (
        read("item", column=True, filter=False),
        read("number", column=True),
        F("name", column=True, search="A"),
        F("summary", search="B"),
        F("description", search="C"),
        read("state", column=True),
        F("questions"),
        F("approvals"),
        F("plan"),
        F("price", column=True),
        F("currency"),
        F("price_unit"),
        F("is_chargeable"),
        F("level_hours"),
        F("audience"),
        F("language_note"),
        read("published_at", column=True),
    )
    panels = (
        Panel("", ("name", "summary", "description")),
        Panel(_("Price and level"), ("price", "currency", "price_unit", "is_chargeable", "level_hours")),
        Panel(_("For whom"), ("audience", "language_note")),
        Panel(_("Form, approvals and tasks"), ("questions", "approvals", "plan")),
    )
    add = None
    change = commands.change_draft
    remove = commands.remove_draft
    verbs = (
        Verb(commands.publish_version, _("Publish"), "check", when=Q(state="draft")),
        Verb(commands.withdraw_version, _("Withdraw"), "close", when=Q(state="published"), danger=True),
    )


class OrderResource(Resource):
    model = Order
    address = "orders"
    policy = OrderPolicy
    order = ("-id",)
    related = ("orderer", "cost_centre")
    icon = "request"
    state = "state"
    tones = TONES
    dated = "placed_at"
    fields = (
        read("number", column=True, search="A"),
        read("state", column=True),
        read("orderer", column=True, filter=False),
        read("cost_centre", column=True, filter=False),
        read("placed_at", column=True),
        read("ended_at", column=True),
    )
    add = change = remove = None
    verbs = (
        Verb(commands.place_order, pgettext_lazy("the verb", "Order"), "check", when=Q(state="basket")),
        Verb(commands.cancel_order, _("Cancel the order"), "close", when=Q(state="approval"), danger=True),
    )


class OrderLineResource(Resource):
    model = OrderLine
    address = "lines"
    policy = LinePolicy
    order = ("order", "id")
    related = ("order", "item_version", "beneficiary", "request")
    titled = ("item_version",)
    inside = "order"
    in_menu = False
    state = "state"
    tones = TONES
    fields = (
        read("order", column=True, filter=False),
        read("item_version", column=True, filter=False),
        read("quantity", column=True),
        read("beneficiary", column=True, filter=False),
        read("state", column=True),
        read("price", column=True),
        read("currency"),
        read("request", column=True, filter=False),
        read("answers"),
        read("fulfilled_at"),
    )
    add = change = remove = None
    verbs = (Verb(commands.take_out, _("Take out"), "remove", when=Q(state="basket"), danger=True),)


class TaskResource(Resource):
    model = Task
    address = "tasks"
    policy = TaskPolicy
    order = ("-id",)
    related = ("line__item_version", "team", "ended_by")
    icon = "check"
    state = "state"
    tones = {"coming": "still", "waiting": "watch", "done": "good", "cancelled": "still"}
    fields = (
        read("name", column=True),
        read("line", column=True, filter=False),
        read("team", column=True),
        read("state", column=True),
        read("due_at", column=True),
        read("begun_at"),
        read("ended_at"),
        read("ended_by", filter=False),
        read("note"),
        read("key"),
        read("after"),
        read("hours"),
    )
    add = change = remove = None
    verbs = (
        Verb(
            commands.finish_task,
            _("Done"),
            "check",
            when=Q(state="waiting"),
            bulk=True,
            fields=(Ask("note", _("Note (whoever ordered reads it)"), long=True),),
        ),
        Verb(
            commands.drop_task,
            _("Not needed"),
            "close",
            when=Q(state="waiting"),
            danger=True,
            fields=(Ask("note", _("Why"), long=True),),
        ),
    )


class UsageFactResource(Resource):
    model = UsageFact
    address = "usage-facts"
    policy = FactPolicy
    order = ("-period", "-id")
    related = ("item", "unit", "cost_centre", "line__item_version")
    titled = ("item", "quantity")
    icon = "money"
    appended = True
    dated = "at"
    fields = (
        F("item", column=True),
        F("quantity", column=True),
        F("price", column=True),
        F("currency", column=True),
        F("unit", column=True),
        F("cost_centre", column=True),
        F("period", column=True),
        F("at"),
        F("line", filter=False),
    )
