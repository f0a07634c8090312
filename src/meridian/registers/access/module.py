"""Manifest of accounts and rights."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, Module, Offer, Part
from meridian.registers.access.contracts import PersonKind

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
    offers=(Offer("actor", "offers.actor_again"),),
    kinds=tuple(PersonKind.choices),
    parts=(Part("first_page", "parts.doors", on="operator", place=30, permission="access.account.change"),),
)
