"""Manifest of what is kept while there is no line."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Module

MODULE = Module(name="offline", title=_("Without a line"), section=NO_SECTION)
