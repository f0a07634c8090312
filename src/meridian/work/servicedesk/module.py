"""Manifest of the service desk."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Section

MODULE = Module(
    name="servicedesk",
    title=_("Service desk"),
    section="desk",
    icon="desk",
    sections=(Section("desk", _("Service desk"), 10),),
)
