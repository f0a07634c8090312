"""Manifest of the inventory."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="inventory", title=_("Inventory"), section="holdings", icon="server", leans_on=("facilities",)
)
