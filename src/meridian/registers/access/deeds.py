"""What the sign-in library has done to an account stands in the trail once it is done.

What it refuses, by whatever check, leaves no entry: these are called after the deed.
"""

import functools
from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import Signal

from meridian.engine.audit import trail
from meridian.registers.access.models import Account
from meridian.registers.access.queries import actor_of

ADDING = "access.account.add_factor"
# Marks a session, or a passkey, that was begun while the printed password opened: it ends with the demo.
BEGUN_IN_DEMO = "access_begun_in_demo"
DEEDS: dict[str, Signal] = {
    ADDING: authenticator_added,
    "access.account.remove_factor": authenticator_removed,
    "access.account.renew_factor": authenticator_reset,
    "access.account.connect_elsewhere": social_account_added,
    "access.account.disconnect_elsewhere": social_account_removed,
    "access.account.sign_out": user_logged_out,
}


def _note(command: str, sender: Any, **facts: Any) -> None:
    login = facts.get("sociallogin")
    account = facts.get("user") or (login.user if login else None)
    if not isinstance(account, Account):
        return
    factor = facts.get("authenticator")
    if factor and command == ADDING and not settings.REFUSED_PASSWORDS:
        factor.data[BEGUN_IN_DEMO] = True
        factor.save()
    with trail.entry(command, actor_of(account), reason=str(factor.type) if factor else ""):
        pass


def listen() -> None:
    """Receive the library's signals from now on; asked again, nothing more happens."""
    for command, signal in DEEDS.items():
        signal.connect(functools.partial(_note, command), weak=False, dispatch_uid=command)
