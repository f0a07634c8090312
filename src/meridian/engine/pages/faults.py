"""A refused request answers with a page that says why, and what to do."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from meridian.engine.commands import Refusal, Unconfirmed, Unpermitted, Untimely, busy_of
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.pages.asked import not_understood, refusal_of
from meridian.engine.pages.entry import refuse_entry
from meridian.engine.policies import ANONYMOUS

PAGES = {403: "403.html", 404: "404.html", 409: "409.html", 503: "503.html"}


class FaultPages:
    """Middleware: turns what commands and pages refuse into the page of its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _values: Any
    ) -> HttpResponse | None:
        """Who isn't let in, or asks for what the page doesn't understand, is told before anything is done."""
        try:
            refuse_entry(getattr(request, "actor", ANONYMOUS), view)
        except Unpermitted as fault:
            return self.process_exception(request, fault)
        return refusal_of(request, view)

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        """Strangers are asked to sign in; others are told the reason."""
        fault = busy_of(raised)
        if not isinstance(fault, Refusal):
            return None
        actor = getattr(request, "actor", ANONYMOUS)
        if isinstance(fault, Unpermitted) and not actor.known:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if isinstance(fault, NotUnderstood):
            return not_understood(request, fault)
        if isinstance(fault, Unconfirmed):
            return redirect_to_login(request.get_full_path(), settings.CONFIRM_URL)
        context = {"refusal": {"why": str(fault)}}
        # The page of 409 compares two versions; a state that forbids something has no other version.
        page = "400.html" if isinstance(fault, Untimely) else PAGES.get(fault.status, "400.html")
        return render(request, page, context, status=fault.status)
