"""Manifest of the audit trail."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Job, Module

MODULE = Module(
    name="audit",
    title=_("Audit trail"),
    section=NO_SECTION,
    jobs=(
        Job("jobs.seal", queue="audit", cron="* * * * * */10"),
        Job("jobs.mail_root", queue="audit", cron="7 4 * * *"),
    ),
)
