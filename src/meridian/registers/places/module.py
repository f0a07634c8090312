"""Manifest of the register of places."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Part

MODULE = Module(
    name="places",
    title=_("Places"),
    section="registers",
    icon="place",
    parts=(
        Part("first_page", "parts.weakly_connected", on="network", place=30),
        Part("first_page", "parts.weakly_connected", on="continuity", place=20),
        Part("first_page", "parts.criticality_of_sites", on="network", place=40),
        Part("first_page", "parts.criticality_of_sites", on="continuity", place=30),
        Part("first_page", "parts.bandwidth_of_sites", on="network", place=45),
    ),
)
