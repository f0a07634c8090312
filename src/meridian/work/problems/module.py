"""Manifest of problems and known errors."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import (
    Deed,
    Job,
    MenuPage,
    Module,
    NoticeKind,
    Offer,
    Part,
    Reaction,
    System,
)

VIEW = "problems.problem.view"

MODULE = Module(
    name="problems",
    title=_("Problems"),
    section="desk",
    icon="search",
    place=52,
    leans_on=("items", "servicedesk"),
    pages=(MenuPage(_("Problems today"), "problems-today", "search"),),
    notices=(NoticeKind("assigned", _("A problem is given to me"), permission="problems.problem.assign"),),
    reactions=(Reaction("problems.ProblemAssigned", "reactions.tell_of_assignment"),),
    jobs=(Job("jobs.find", queue="servicedesk", cron="17 1 * * *"),),
    offers=(Offer("demo", "offers.demo", place=62),),
    deeds=(Deed("problems.demo.load", _("load the demo organisation")),),
    parts=(
        Part("first_page", "parts.my_problems", on="agent", place=45, permission=VIEW),
        Part("panel", "parts.on_item", on="servicedesk.workitem", place=20),
        Part("asking_help", "parts.help_to_ask", on="servicedesk.workitem", place=10),
        Part("answering_help", "parts.help_to_answer", on="servicedesk.workitem", place=10),
    ),
    systems=(System("Global service desk", pages=("problems-today",)),),
)
