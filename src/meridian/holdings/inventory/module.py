"""Manifest of the inventory."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Part

MODULE = Module(
    name="inventory",
    title=_("Inventory"),
    section="holdings",
    icon="server",
    leans_on=("facilities",),
    parts=(
        Part("panel", "parts.facility_panel", on="facilities.facility"),
        Part("column", "parts.facility_column", on="facilities.facility"),
        Part("first_page", "parts.own_inventory", on="chief", place=30),
        Part("first_page", "parts.states_of_servers", on="network", place=50),
    ),
)
