"""Who asks, in which language and time zone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.policies import ANONYMOUS, Request
from meridian.engine.records.zones import zone_or_utc
from meridian.registers.access.deeds import BEGUN_IN_DEMO, listen
from meridian.registers.access.proofs import elsewhere_url, is_confirmed, must_prove_elsewhere
from meridian.registers.access.queries import actor_of, actor_of_token


class ActorMiddleware:
    """Sets `request.actor`, the reader's language and zone, and the origin of what is written.

    A request with a bearer token is the token's; its session, if any, counts for nothing.
    A session that was begun under `--demo` ends with it.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response
        listen()

    def __call__(self, request: Request) -> HttpResponseBase:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            request.actor = actor_of_token(secret.strip())
            with trail.origin("api"):
                return self.get_response(request)
        if settings.REFUSED_PASSWORDS and request.session.get(BEGUN_IN_DEMO):
            logout(request)
        account = request.user
        request.actor = ANONYMOUS
        if account.is_authenticated:
            request.actor = replace(actor_of(account), confirmed=is_confirmed(request, account))
        if account.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(account.language)
            request.LANGUAGE_CODE = translation.get_language()
        # A zone that isn't known fails no page: it says so, on every one, until another is chosen.
        zone, request.zone_fault = zone_or_utc(getattr(account, "zone", "UTC"))
        with trail.origin("page"), timezone.override(zone):
            return self.get_response(request)

    def process_view(self, request: Request, _view: Any, _args: Any, _values: Any) -> HttpResponseBase | None:
        """Who has no password here is sent to prove it where they sign in, before a passkey is made."""
        if not must_prove_elsewhere(request):
            return None
        back = request.GET.get(REDIRECT_FIELD_NAME) or request.path
        url = elsewhere_url(request, back)
        if not url:
            why = _("Sign out and in again, then do this: your sign-in is too long ago.")
            return render(request, "403.html", {"refusal": {"why": why}}, status=403)
        return redirect(url)


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
