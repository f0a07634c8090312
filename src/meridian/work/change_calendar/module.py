"""Manifest of the calendar of changes."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="change_calendar",
    title=_("Calendar of changes"),
    section="desk",
    icon="calendar",
    place=55,
)
