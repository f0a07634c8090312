"""Manifest of service levels."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, Module, NoticeKind, Offer, Reaction

AGENT = "servicedesk.workitem.assign"

MODULE = Module(
    name="service_levels",
    title=_("Service levels"),
    section="desk",
    icon="clock",
    place=53,
    leans_on=("items", "servicedesk", "shifts"),
    notices=(
        NoticeKind("threshold", _("The time for my work runs out"), permission=AGENT),
        NoticeKind("instead", _("The time for work of somebody who sleeps runs out"), permission=AGENT),
    ),
    offers=(Offer("promise", "offers.promise"), Offer("demo", "commands.demo.promise_demo", place=30)),
    reactions=(
        Reaction("servicedesk.ItemOpened", "reactions.begin"),
        Reaction("servicedesk.ItemMoved", "reactions.follow"),
        Reaction("service_levels.PersonCalled", "reactions.tell_of_threshold"),
    ),
    jobs=(
        Job("jobs.speak", queue="servicedesk", cron="* * * * *"),
        Job("jobs.look_after", queue="servicedesk", cron="17 * * * *"),
        Job("jobs.recount", queue="servicedesk", lane="service_levels"),
    ),
)
