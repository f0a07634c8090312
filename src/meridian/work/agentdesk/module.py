"""Manifest of the agents' desk."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, MenuPage, Module, Offer, Part, ProofOf, System

QUEUE = "servicedesk.workitem.queue"

MODULE = Module(
    name="agentdesk",
    title=_("Agents' desk"),
    section="desk",
    icon="queue",
    place=48,
    pages=(
        MenuPage(_("Queue"), "desk-queue", "queue", menu_of={"agent": 10, "network": 10, "chief": 10}),
        MenuPage(_("New item"), "desk-new", "add", menu_of={"agent": 20}),
    ),
    parts=(
        Part("first_page", "parts.my_work", on="agent", place=10, permission=QUEUE),
        Part("first_page", "parts.to_take", on="agent", place=20, permission=QUEUE),
        Part("first_page", "parts.work_of_my_teams", on="agent", place=30, permission=QUEUE),
        Part("first_page", "parts.broken", on="network", place=10, permission=QUEUE),
        Part("first_page", "parts.broken_places", on="network", place=20, permission=QUEUE),
        Part("first_page", "parts.work_of_my_units", on="chief", place=20, permission=QUEUE),
    ),
    jobs=(Job("jobs.forget_looks", cron="37 3 * * *"),),
    leans_on=("items", "servicedesk"),
    offers=(Offer("exact_name", "pages.item.address_of"), Offer("score", "offers.promises", place=10)),
    proofs=(
        ProofOf("proofs.queue", takes=("view", "kind", "priority", "due", "place", "news"), permission=QUEUE),
    ),
    systems=(System("Global service desk", pages=("desk-queue", "desk-item")),),
)
