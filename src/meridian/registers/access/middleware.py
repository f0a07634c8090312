"""Who asks, in which language and time zone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from meridian.engine.audit import trail
from meridian.engine.policies import ANONYMOUS
from meridian.engine.records.zones import zone_or_utc
from meridian.registers.access.queries import actor_of, actor_of_token

SIGN_IN_PATH = "/account/"


class ActorMiddleware:
    """Sets `request.actor`, the reader's language and zone, and the origin of what is written.

    A request with a bearer token is the token's; its session, if any, counts for nothing.
    The sign-in library changes accounts by itself: what it does for somebody who is signed in stands in
    one audit entry; who is not writes none until the account is known (`ClosedAccounts`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            request.actor = actor_of_token(secret.strip())
            with trail.origin("api"):
                return self.get_response(request)
        account = request.user
        request.actor = actor_of(account) if account.is_authenticated else ANONYMOUS
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
