"""Manifest of the incident log."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="histories",
    title=_("Imported logs"),
    section="desk",
    icon="document",
    place=90,
    leans_on=("items", "servicedesk"),
)
