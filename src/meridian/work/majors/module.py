"""Manifest of major incidents."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import EVERYBODY, Deed, Job, Module, NoticeKind, Offer, Part, Reaction, System

ITEM = "servicedesk.workitem"

MODULE = Module(
    name="majors",
    title=_("Major incidents"),
    section="desk",
    icon="warning",
    place=51,
    leans_on=("servicedesk", "items", "problems"),
    notices=(
        NoticeKind("major", _("A major incident that I work on is declared, changes hands or ends")),
        NoticeKind(
            "missed", _("An update on a major incident is missing"), permission="majors.majorincident.inform"
        ),
        NoticeKind("status", _("What I asked for is part of a disturbance")),
    ),
    reactions=(
        Reaction("majors.MajorDeclared", "reactions.tell_of_declaration"),
        Reaction("majors.MajorRolesChanged", "reactions.tell_of_roles"),
        Reaction("majors.MajorStatusPublished", "reactions.tell_of_status"),
        Reaction("majors.MajorUpdateMissed", "reactions.tell_of_miss"),
        Reaction("majors.MajorStoodDown", "reactions.tell_of_end"),
    ),
    jobs=(Job("jobs.escalate_missed", queue="servicedesk", cron="* * * * *"),),
    offers=(Offer("demo", "offers.demo", place=63),),
    deeds=(Deed("majors.demo.load", _("load the demo organisation")),),
    parts=(
        Part("first_page", "parts.disturbances", on=EVERYBODY, place=4),
        Part("panel", "parts.on_item", on=ITEM, place=15),
        Part("action", "parts.declare_on_item", on=ITEM, place=60),
        Part("requester_panel", "parts.for_requester", on=ITEM, place=10),
    ),
    systems=(System("Global service desk"),),
)
