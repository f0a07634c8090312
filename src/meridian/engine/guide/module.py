"""Manifest of the guide."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="guide",
    title=_("Guide"),
    section="desk",
    icon="document",
    place=96,
    pages=(MenuPage(_("Guide"), "guide", "document"),),
)
