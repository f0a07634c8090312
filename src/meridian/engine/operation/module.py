"""Manifest of the operator's pages."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Part, Section

MODULE = Module(
    name="operation",
    title=_("Operation"),
    section="operation",
    icon="settings",
    pages=(
        MenuPage(_("Audit trail"), "audit-entry-list", "history", "audit.entry.view"),
        MenuPage(_("Failed jobs"), "operation-jobs", "warning", "operation.jobs.view"),
    ),
    parts=(Part("first_page", "parts.failed_jobs", on="operator", permission="operation.jobs.view"),),
    sections=(Section("operation", _("Operation"), 60),),
)
