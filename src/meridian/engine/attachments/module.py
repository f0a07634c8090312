"""Manifest of attachments."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Job, Module

MODULE = Module(
    name="attachments",
    title=_("Files"),
    section=NO_SECTION,
    jobs=(Job("jobs.forget_uploads", cron="7 * * * *"),),
)
