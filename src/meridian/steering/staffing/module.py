"""Manifest of staffing."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="staffing",
    title=_("Posts and staffing"),
    section="steering",
    icon="people",
)
