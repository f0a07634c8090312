"""Manifest of accounts and rights."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, Module

MODULE = Module(
    name="access",
    title=_("Access"),
    section="operation",
    icon="key",
    leans_on=("people", "organisation"),
    jobs=(
        Job("jobs.mail_link", queue="mail", attempts=5),
        Job("jobs.forget_attempts", cron="37 3 * * *"),
    ),
)
