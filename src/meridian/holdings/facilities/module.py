"""Manifest of computing facilities."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Part, Section

MODULE = Module(
    name="facilities",
    title=_("Facilities"),
    section="holdings",
    icon="facility",
    parts=(Part("badge", "parts.site_badges", on="places.site"),),
    sections=(Section("holdings", _("What we have"), 20),),
)
