"""Who asks, in which language and time zone."""

import time
from collections.abc import Callable
from dataclasses import replace

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone, translation

from meridian.engine.audit import trail
from meridian.engine.policies import ANONYMOUS, Request
from meridian.engine.records.zones import zone_or_utc
from meridian.registers.access.models import Account
from meridian.registers.access.queries import actor_of, actor_of_token

SIGN_IN_PATH = "/account/"


class ActorMiddleware:
    """Sets `request.actor`, the reader's language and zone, and the origin of what is written.

    A request with a bearer token is the token's; its session, if any, counts for nothing.
    The sign-in library changes accounts by itself: what it does for somebody who is signed in stands in
    one audit entry; who is not writes none until the account is known (`ClosedAccounts`).
    """

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            request.actor = actor_of_token(secret.strip())
            with trail.origin("api"):
                return self.get_response(request)
        account = request.user
        request.actor = ANONYMOUS
        if account.is_authenticated:
            request.actor = replace(actor_of(account), confirmed=_is_confirmed(request, account))
        if account.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(account.language)
            request.LANGUAGE_CODE = translation.get_language()
        # A zone that isn't known fails no page: it says so, on every one, until another is chosen.
        zone, request.zone_fault = zone_or_utc(getattr(account, "zone", "UTC"))
        with trail.origin("page"), timezone.override(zone):
            signed_in = account.is_authenticated
            if signed_in and request.method == "POST" and request.path.startswith(SIGN_IN_PATH):
                with trail.entry("access.account.sign_in", request.actor):
                    return self.get_response(request)
            return self.get_response(request)


def _is_confirmed(request: Request, account: Account) -> bool:
    """Whether the password, or the second factor, was given again within minutes.

    Who has no password signs in elsewhere: for them it is the sign-in that must be as young.
    """
    proofs = [
        proof
        for proof in get_authentication_records(request, account)
        if proof.get("reauthenticated") or not account.has_usable_password()
    ]
    return bool(proofs) and time.time() - proofs[-1]["at"] < REAUTHENTICATION_TIMEOUT


class KeptNowhere:
    """Middleware: what a signed-in person is shown is stored by nobody on the way, nor by the browser.

    A view that says otherwise about its own answer is left alone.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        answer = self.get_response(request)
        # An answer that was made before the session was looked at says nothing about anybody.
        actor = getattr(request, "actor", ANONYMOUS)
        if actor.known and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer
