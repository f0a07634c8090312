"""Manifest of changes."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import (
    Deed,
    MenuPage,
    Module,
    NoticeKind,
    Offer,
    Part,
    ProofOf,
    Reaction,
    System,
)

VIEW = "changes.change.view"

MODULE = Module(
    name="changes",
    title=_("Changes"),
    section="desk",
    icon="edit",
    place=54,
    leans_on=("items", "servicedesk", "approvals", "problems", "change_calendar"),
    pages=(
        MenuPage(_("Changes today"), "changes-today", "edit"),
        MenuPage(_("Schedule of changes"), "changes-schedule", "calendar"),
    ),
    permissions=("changes.change.authorise",),
    notices=(
        NoticeKind("decided", _("A change that I asked for or implement is decided")),
        NoticeKind("assigned", _("A change is mine to implement"), permission="changes.change.implement"),
    ),
    reactions=(
        Reaction("approvals.ApprovalDecided", "reactions.go_on", when="reactions.is_change"),
        Reaction("changes.ChangeDecided", "reactions.tell_of_decision"),
        Reaction("changes.ChangeAssigned", "reactions.tell_of_assignment"),
    ),
    offers=(
        Offer("approved", "offers.approved_change", on="changes.change"),
        Offer("demo", "offers.demo", place=64),
    ),
    deeds=(Deed("changes.demo.load", _("load the demo organisation")),),
    proofs=(ProofOf("proofs.figures", takes=("what", "days"), permission=VIEW),),
    parts=(
        Part("first_page", "parts.mine", on="agent", place=46, permission=VIEW),
        Part("first_page", "parts.windows_today", on="network", place=15, permission=VIEW),
        Part("panel", "parts.on_item", on="servicedesk.workitem", place=25),
        Part("panel", "parts.on_problem", on="problems.problem", place=10),
    ),
    systems=(System("Global service desk", pages=("changes-today", "changes-schedule")),),
)
