"""Manifest of work items."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="items", title=_("Work items"), section="desk")
