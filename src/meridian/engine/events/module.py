"""Manifest of events."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Job, Module

MODULE = Module(
    name="events",
    title=_("Events"),
    section=NO_SECTION,
    jobs=(Job("jobs.react", queue="reactions"), Job("jobs.react_to_all", queue="reactions")),
)
