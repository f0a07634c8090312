"""Manifest of the application portfolio."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="applications", title=_("Applications"), section="holdings", icon="application")
