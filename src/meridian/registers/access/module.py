"""Manifest of accounts and rights."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Deed, Job, Module, Offer, Part
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
    deeds=(
        Deed("access.account.sign_in", _("sign in")),
        Deed("access.account.sign_out", _("sign out")),
        Deed("access.account.add_factor", _("add a second factor")),
        Deed("access.account.remove_factor", _("remove a second factor")),
        Deed("access.account.renew_factor", _("renew a second factor")),
        Deed("access.account.connect_elsewhere", _("connect with an account elsewhere")),
        Deed("access.account.disconnect_elsewhere", _("part from an account elsewhere")),
        Deed("access.account.renew_digest", _("keep the password in a stronger way")),
    ),
    parts=(Part("first_page", "parts.doors", on="operator", place=30, permission="access.account.change"),),
)
