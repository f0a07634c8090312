"""Manifest of the register of places."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="places", title=_("Places"), section="registers", icon="place")
