"""Manifest of the configuration items."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Part

MODULE = Module(
    name="configuration",
    title=_("Configuration items"),
    section="holdings",
    icon="server",
    place=60,
    parts=(Part("action", "parts.open_what_it_is", on="configuration.configurationitem"),),
)
