"""Whether somebody has proven again who it is, and where those prove it who have no password here."""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest

from meridian.registers.access.models import Account

# When the identity provider last asked the person itself, as it says in its signed answer.
PROVEN_ELSEWHERE_AT = "access_proven_elsewhere_at"
# What the sign-in library does only for who has just proven who it is, if there is a way in this house.
ASKED_AGAIN = frozenset(
    {
        *("account_reauthenticate", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"),
        *("mfa_view_recovery_codes", "mfa_download_recovery_codes", "socialaccount_connections"),
    }
)


def is_confirmed(request: HttpRequest, account: Account) -> bool:
    """Whether the password, or the second factor, was given again within minutes.

    Who has no password here signs in elsewhere: there it must have been asked for as lately. A provider
    that opens by a session of its own has asked nobody.
    """
    asked_at = [
        proof["at"]
        for proof in get_authentication_records(request, account)
        if proof.get("reauthenticated")
        or not (account.has_usable_password() or proof["method"] == "socialaccount")
    ]
    if not account.has_usable_password():
        asked_at.append(request.session.get(PROVEN_ELSEWHERE_AT, 0))
    return bool(asked_at) and time.time() - max(asked_at) < REAUTHENTICATION_TIMEOUT


def remember_proof(request: HttpRequest, sociallogin: Any) -> None:
    """Note when the provider asked the person; one that does not say so proves nothing anew."""
    claims = sociallogin.account.extra_data.get("id_token") or {}
    asked_at = claims.get("auth_time")
    # Nobody is asked in the future: a clock that is ahead must not lengthen the proof.
    request.session[PROVEN_ELSEWHERE_AT] = min(asked_at, time.time()) if isinstance(asked_at, int) else 0


def must_prove_elsewhere(request: HttpRequest) -> bool:
    """Whether a page asks for a proof that this house has no means to ask for."""
    match = request.resolver_match
    return (
        match is not None
        and match.url_name in ASKED_AGAIN
        and request.user.is_authenticated
        and not is_confirmed(request, request.user)
        and not get_reauthentication_flows(request.user)
    )


def elsewhere_url(request: HttpRequest, back: str) -> str:
    """Where the provider asks the person anew, and leads back; empty when there is no provider."""
    anew = urlencode({"prompt": "login", "max_age": "0"})
    for provider in get_adapter().list_providers(request):
        return str(provider.get_login_url(request, process="login", next=back, auth_params=anew))
    return ""
