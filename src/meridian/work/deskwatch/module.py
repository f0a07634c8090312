"""Manifest of the watch over desks."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="deskwatch", title=_("Desks now"), section="desk", leans_on=("servicedesk",))
