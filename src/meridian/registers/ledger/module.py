"""Manifest of the ledger."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="ledger", title=_("Ledger"), section="registers", icon="money")
