"""Manifest of the operator's pages."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Deed, Job, MenuPage, Module, Part, Section

MODULE = Module(
    name="operation",
    title=_("Operation"),
    section="operation",
    icon="settings",
    pages=(
        MenuPage(_("Audit trail"), "audit-entry-list", "history", menu_of={"operator": 20}),
        MenuPage(_("Failed jobs"), "operation-jobs", "warning", menu_of={"operator": 10}),
    ),
    parts=(
        Part("first_page", "parts.health", on="operator", place=10, permission="operation.jobs.view"),
        Part("first_page", "parts.failed_jobs", on="operator", place=20, permission="operation.jobs.view"),
        Part("first_page", "parts.newest_entries", on="operator", place=40, permission="audit.entry.view"),
    ),
    jobs=(
        Job("jobs.rescue_jobs", cron="* * * * *"),
        Job("jobs.forget_ended_sessions", cron="17 3 * * *"),
        Job("jobs.forget_finished_jobs", cron="27 3 * * *"),
    ),
    permissions=("operation.jobs.view", "operation.jobs.retry"),
    deeds=(Deed("operation.jobs.retry", _("try a failed job again")),),
    sections=(Section("operation", _("Operation"), 60),),
)
