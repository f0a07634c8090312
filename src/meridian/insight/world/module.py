"""Manifest of the world view."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Part, ProofOf

MODULE = Module(
    name="world",
    title=_("World view"),
    section="desk",
    icon="globe",
    place=1,
    pages=(
        MenuPage(
            _("World view"),
            "world",
            "globe",
            menu_of={"agent": 30, "network": 20, "cio": 10, "continuity": 40, "planner": 70},
        ),
    ),
    parts=(
        Part("first_page", "parts.handover", on="agent", place=40),
        Part("first_page", "parts.world_now", on="cio", place=20),
    ),
    proofs=(
        ProofOf("proofs.desks", takes=("state",), permission="servicedesk.team.view"),
        ProofOf("proofs.work", takes=("what", "team"), permission="servicedesk.team.view"),
    ),
)
