"""Manifest of plans."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="plans", title=_("Plans"), section="steering", icon="globe")
