"""Manifest of the register of people."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="people", title=_("People"), section="registers", icon="user", leans_on=("places", "organisation")
)
