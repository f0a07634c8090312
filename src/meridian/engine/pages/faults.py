"""A refused request answers with a page that says why, and what to do; what can't be undone is asked."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from meridian.engine.commands import (
    Refusal,
    ToConfirm,
    Unconfirmed,
    Unpermitted,
    Unseen,
    Untimely,
    busy_of,
    through_a_page,
)
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.pages.asked import not_understood, refusal_of
from meridian.engine.pages.entry import refuse_entry
from meridian.engine.policies import ANONYMOUS, Request
from meridian.engine.resources import Sight
from meridian.engine.values import url_of

PROGRAMS = "/api/"
KEPT_OUT = ("csrfmiddlewaretoken", "confirmation")
PAGES = {403: "403.html", 404: "404.html", 409: "409.html", 503: "503.html"}


def confirmation_page(request: Request, asked: ToConfirm) -> HttpResponse:
    """Says what will happen; its button sends the same request again with the confirmation."""
    context = {
        "warned": asked.warned,
        "token": asked.token,
        "sent": [
            (name, value) for name, values in request.POST.lists() if name not in KEPT_OUT for value in values
        ],
        "cancel_url": next(filter(None, map(url_of, asked.rows)), "/"),
    }
    answer = render(request, "pages/confirm.html", context)
    # A fragment that asked for this gives way to the whole page.
    answer["HX-Retarget"], answer["HX-Reswap"] = "body", "innerHTML"
    return answer


class FaultPages:
    """Middleware: turns what commands and pages refuse into the page of its status."""

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        if request.path.startswith(PROGRAMS):
            return self.get_response(request)
        sight = Sight(getattr(request, "actor", ANONYMOUS))
        with through_a_page(lambda: request.POST.get("confirmation", ""), sight.title) as door:
            answer = self.get_response(request)
        for sentence in door.done:
            messages.success(request, str(sentence))
        return answer

    def process_view(
        self, request: Request, view: Callable[..., Any], _args: Any, values: dict[str, Any]
    ) -> HttpResponse | None:
        """Who isn't let in, or asks for what the page doesn't understand, is told before anything is done."""
        has_nul = any("\0" in part for part in values.values() if isinstance(part, str))
        if has_nul and request.path.startswith(PROGRAMS):
            # Programs are told by a problem document, not by a page.
            raise Http404
        try:
            refuse_entry(getattr(request, "actor", ANONYMOUS), view)
            if has_nul:
                raise Unseen(_("There is no such page: its address holds a character that is no text."))
        except Refusal as fault:
            return self.process_exception(request, fault)
        return refusal_of(request, view)

    def process_exception(self, request: Request, raised: Exception) -> HttpResponse | None:
        """Strangers are asked to sign in; others are told the reason, or asked to confirm."""
        if isinstance(raised, ToConfirm):
            return confirmation_page(request, raised)
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
