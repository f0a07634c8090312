"""Manifest of the search."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Job, Module

MODULE = Module(
    name="search",
    title=_("Search"),
    section=NO_SECTION,
    jobs=(Job("jobs.index", queue="search", cron="* * * * * */5"),),
)
