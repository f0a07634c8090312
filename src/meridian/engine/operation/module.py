"""Manifest of the operator's pages."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="operation",
    title=_("Operation"),
    section="operation",
    icon="settings",
    pages=(
        MenuPage(_("Audit trail"), "audit-entry-list", "history", "audit.entry.view"),
        MenuPage(_("Failed jobs"), "operation-jobs", "warning", "operation.jobs.view"),
    ),
)
