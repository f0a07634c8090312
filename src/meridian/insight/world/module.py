"""Manifest of the world view."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="world",
    title=_("World view"),
    section="desk",
    icon="globe",
    place=1,
    pages=(MenuPage(_("World view"), "world", "globe"),),
)
