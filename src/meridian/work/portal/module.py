"""Manifest of the portal."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="portal",
    title=_("Portal"),
    section="desk",
    icon="request",
    place=49,
    pages=(MenuPage(_("My requests"), "portal-home", "request"),),
    leans_on=("servicedesk",),
)
