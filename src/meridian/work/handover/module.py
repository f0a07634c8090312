"""Manifest of hand-over."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, MenuPage, Module, NoticeKind, Offer, Part, Reaction, System

AGENT = "servicedesk.workitem.assign"

MODULE = Module(
    name="handover",
    title=_("Hand-over"),
    section="desk",
    icon="history",
    place=50,
    leans_on=("items", "servicedesk", "shifts", "majors"),
    notices=(
        NoticeKind("unaccepted", _("Nobody accepts what was offered to my hub"), permission=AGENT),
        NoticeKind("returned", _("What I offered is returned"), permission=AGENT),
    ),
    reactions=(
        Reaction("servicedesk.ItemOpened", "reactions.follow_opened", when="reactions.came_to_a_team"),
        Reaction("servicedesk.ItemAssigned", "reactions.follow_assigned", when="reactions.came_to_a_team"),
        Reaction("servicedesk.ItemResumed", "reactions.go_on"),
        Reaction("handover.ItemReturned", "reactions.tell_of_returned"),
        Reaction("handover.ItemUnaccepted", "reactions.tell_of_unaccepted"),
    ),
    jobs=(Job("jobs.watch", queue="handover", cron="* * * * *"),),
    pages=(MenuPage(_("Hand-over"), "handover", "history"),),
    parts=(
        Part("first_page", "parts.my_shift", on="agent", place=5, permission="servicedesk.workitem.queue"),
        Part("panel", "parts.hands_panel", on="servicedesk.workitem", place=20),
    ),
    offers=(Offer("demo", "commands.demo.hand_over_demo", place=70),),
    systems=(System("Global service desk", pages=("handover",)),),
)
