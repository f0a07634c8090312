"""Manifest of working time."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="calendars", title=_("Working time"), section="registers", icon="calendar", leans_on=("places",)
)
