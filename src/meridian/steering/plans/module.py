"""Manifest of plans."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Section

MODULE = Module(
    name="plans",
    title=_("Plans"),
    section="steering",
    icon="globe",
    sections=(Section("steering", _("What we decide"), 30),),
)
