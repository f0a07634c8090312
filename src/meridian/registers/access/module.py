"""Manifest of accounts and rights."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(
    name="access", title=_("Access"), section="operation", icon="key", leans_on=("people", "organisation")
)
