"""Manifest of recovery."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Job, Module

MODULE = Module(
    name="recovery",
    title=_("Backups"),
    section=NO_SECTION,
    jobs=(Job("jobs.follow_backup", queue="recovery", cron="* * * * * */30"),),
)
