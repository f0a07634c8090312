"""Manifest of the operator's pages."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, MenuPage, Module, Part, Section

MODULE = Module(
    name="operation",
    title=_("Operation"),
    section="operation",
    icon="settings",
    pages=(
        MenuPage(_("Audit trail"), "audit-entry-list", "history", "audit.entry.view"),
        MenuPage(_("Failed jobs"), "operation-jobs", "warning", "operation.jobs.view"),
    ),
    jobs=(
        Job("jobs.rescue_jobs", cron="* * * * *"),
        Job("jobs.forget_ended_sessions", cron="17 3 * * *"),
        Job("jobs.forget_finished_jobs", cron="27 3 * * *"),
    ),
    parts=(Part("first_page", "parts.failed_jobs", on="operator", permission="operation.jobs.view"),),
    sections=(Section("operation", _("Operation"), 60),),
)
