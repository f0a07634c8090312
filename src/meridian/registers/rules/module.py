"""Manifest of dated rules."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="rules", title=_("Rules and rates"), section="registers", icon="calendar")
