"""Manifest of plans."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Offer, Part, Section

MODULE = Module(
    name="plans",
    title=_("Plans"),
    section="steering",
    icon="globe",
    parts=(
        Part("first_page", "parts.newest_scenarios", on="planner", place=10),
        Part("first_page", "parts.runs_by_status", on="planner", place=20),
        Part("first_page", "parts.newest_decisions", on="planner", place=30),
        Part("first_page", "parts.newest_decisions", on="cio", place=30),
    ),
    offers=(Offer("demo", "offers.decide_demo", place=70),),
    sections=(Section("steering", _("What we decide"), 30),),
)
