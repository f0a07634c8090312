"""Manifest of the service desk."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="servicedesk",
    title=_("Service desk"),
    section="desk",
    icon="desk",
    pages=(
        MenuPage(_("Queue"), "desk-queue", "queue", "servicedesk.workitem.assign"),
        MenuPage(_("My requests"), "portal-home", "request"),
    ),
)
