"""Manifest of the application portfolio."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Part

MODULE = Module(
    name="applications",
    title=_("Applications"),
    section="holdings",
    icon="application",
    parts=(
        Part("first_page", "parts.to_settle", on="architect", place=10),
        Part("first_page", "parts.states", on="architect", place=20),
        Part("first_page", "parts.owners", on="architect", place=30),
        Part("first_page", "parts.critical", on="architect", place=15),
        Part("first_page", "parts.critical", on="continuity", place=10),
        Part("first_page", "parts.own", on="chief", place=37),
        Part("first_page", "parts.states", on="delegate", place=50),
    ),
)
