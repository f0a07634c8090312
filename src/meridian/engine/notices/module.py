"""Manifest of notices."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, MenuPage, Module, Part

MODULE = Module(
    name="notices",
    title=_("Notices"),
    section="desk",
    icon="bell",
    place=95,
    pages=(MenuPage(_("Notices"), "notices", "bell", menu_of={"staff": 40}),),
    parts=(Part("first_page", "parts.unread", on="staff", place=40),),
    jobs=(Job("jobs.mail", queue="mail", attempts=8),),
)
