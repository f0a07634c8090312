"""Manifest of rosters and shifts."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, MenuPage, Module, NoticeKind, Offer, Reaction, System

AGENT = "servicedesk.workitem.assign"

MODULE = Module(
    name="shifts",
    title=_("Rosters and shifts"),
    section="desk",
    icon="calendar",
    leans_on=("items", "servicedesk"),
    place=52,
    notices=(
        NoticeKind("asked", _("A colleague asks me to take a shift over"), permission=AGENT),
        NoticeKind("answered", _("A colleague answers on my swap"), permission=AGENT),
    ),
    reactions=(
        Reaction("shifts.SwapAsked", "reactions.tell_of_asked_swap"),
        Reaction("shifts.SwapAnswered", "reactions.tell_of_answered_swap"),
    ),
    jobs=(Job("jobs.extend", queue="shifts", cron="23 1 * * *"),),
    offers=(Offer("demo", "commands.demo.roster_demo", place=20),),
    pages=(
        MenuPage(_("Roster"), "roster", "calendar"),
        MenuPage(_("Coverage"), "shifts-coverage", "report"),
    ),
    systems=(
        System("Global service desk", pages=("roster", "shifts-coverage"), commands=("shifts take-over",)),
    ),
)
