"""Manifest of statistics."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, ProofOf

MODULE = Module(
    name="statistics",
    title=_("Statistics"),
    section="insight",
    icon="report",
    pages=(MenuPage(_("Statistics"), "statistics", "report"),),
    proofs=(ProofOf("proofs.indicator", takes=("indicator", "group"), permission="reports.report.view"),),
)
