"""Manifest of the register of units."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Section

MODULE = Module(
    name="organisation",
    title=_("Organisation"),
    section="registers",
    icon="organisation",
    leans_on=("places",),
    sections=(Section("registers", _("Registers"), 50),),
)
