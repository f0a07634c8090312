"""Manifest of consolidation."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="consolidation", title=_("Consolidation"), section="steering", icon="merge", leans_on=("scheduling",)
)
