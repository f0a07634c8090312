"""Manifest of routing."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, NoticeKind, Offer, Part, Reaction, System

MODULE = Module(
    name="routing",
    title=_("Routing"),
    section="desk",
    icon="split",
    place=54,
    leans_on=("items", "servicedesk", "shifts"),
    notices=(
        NoticeKind(
            "unroutable", _("Nobody can have an item of my team"), permission="servicedesk.workitem.assign"
        ),
    ),
    reactions=(
        Reaction("servicedesk.ItemOpened", "reactions.route_new"),
        Reaction("routing.ItemUnroutable", "reactions.tell_of_unroutable"),
    ),
    parts=(Part("panel", "pages.panel", on="servicedesk.workitem", place=30),),
    offers=(Offer("demo", "commands.route_demo", place=75),),
    systems=(System("Global service desk", pages=("routing-why",)),),
)
