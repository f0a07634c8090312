"""Manifest of mailed links."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Job, Module

MODULE = Module(
    name="mailed_links",
    title=_("Links in mails"),
    section=NO_SECTION,
    jobs=(Job("jobs.forget", cron="53 3 * * *"),),
)
