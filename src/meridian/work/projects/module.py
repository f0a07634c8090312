"""Manifest of projects."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, NoticeKind, Offer, Part, ProofOf, Reaction

MODULE = Module(
    name="projects",
    title=_("Projects"),
    section="steering",
    icon="project",
    notices=(
        NoticeKind(
            "to_decide",
            _("A change of a plan waits for my decision"),
            permission="projects.change.decide",
        ),
        NoticeKind(
            "decided",
            _("A change of a plan that I asked for is decided"),
            permission="projects.change.add",
        ),
    ),
    reactions=(
        Reaction("projects.ChangeAsked", "reactions.tell_of_asked_change"),
        Reaction("projects.ChangeDecided", "reactions.tell_of_decided_change"),
    ),
    offers=(Offer("score", "offers.on_time", place=40),),
    proofs=(ProofOf("proofs.value", takes=("project", "what"), permission="projects.project.view"),),
    parts=(
        Part("tab", "parts.unit_tab", on="organisation.unit"),
        *(
            Part("first_page", "parts.changes_to_decide", on=kind, place=15)
            for kind in ("budget", "cio", "chief")
        ),
        *(
            Part("first_page", "parts.running_projects", on=kind, place=60)
            for kind in ("budget", "cio", "chief")
        ),
        Part("first_page", "parts.running_projects", on="planner", place=50),
    ),
)
