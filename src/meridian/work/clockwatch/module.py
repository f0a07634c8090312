"""Manifest of the watch over clocks."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Part, ProofOf, System

QUEUE = "servicedesk.workitem.queue"

MODULE = Module(
    name="clockwatch",
    title=_("Promises"),
    section="desk",
    icon="clock",
    place=54,
    leans_on=("service_levels", "servicedesk"),
    pages=(
        MenuPage(_("Promises that run out"), "service-levels-near", "clock"),
        MenuPage(_("Promises kept"), "service-levels-report", "report"),
    ),
    parts=(
        Part("panel", "parts.clocks_of_item", on="servicedesk.workitem", place=10),
        Part("requester_panel", "parts.clocks_of_request", on="servicedesk.workitem", place=60),
        Part("first_page", "parts.running_out", on="agent", place=25, permission=QUEUE),
        Part("first_page", "parts.running_out", on="chief", place=25, permission=QUEUE),
    ),
    proofs=(
        ProofOf(
            "proofs.kept",
            takes=("what", "kind", "measure", "days", "by", "key"),
            permission="service_levels.clock.view",
        ),
    ),
    systems=(System("Global service desk", pages=("service-levels-near", "service-levels-report")),),
)
