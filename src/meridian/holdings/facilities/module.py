"""Manifest of computing facilities."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="facilities", title=_("Facilities"), section="holdings", icon="facility")
