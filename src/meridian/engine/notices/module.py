"""Manifest of notices."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Job, Module

MODULE = Module(
    name="notices",
    title=_("Notices"),
    section=NO_SECTION,
    jobs=(Job("jobs.mail", queue="mail", attempts=8),),
)
