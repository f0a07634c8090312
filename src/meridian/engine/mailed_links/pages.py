"""The page of a link: `GET` shows what would be done and changes nothing, `POST` does it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meridian.engine.commands import Refusal
from meridian.engine.inputs.allowances import Allowance, take
from meridian.engine.inputs.build import blame
from meridian.engine.mailed_links.models import MailedLink
from meridian.engine.mailed_links.opening import Opened, known_link, opened, use
from meridian.engine.pages.entry import PUBLIC, needs
from meridian.engine.policies import Request

# Wrong links from one address at once; after them one more every so many seconds.
GUESSES = Allowance(30, 20)
TABLE = "mailed_links_guess"
LANGUAGE_COOKIE = "django_language"


@needs(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def mailed_link(request: Request, secret: str) -> HttpResponse:
    """What the link of a mail would do, and the buttons that do it. Nobody has to sign in."""
    link = known_link(secret)
    if link is None:
        answer = _unknown(request)
    else:
        language = request.COOKIES.get(LANGUAGE_COOKIE) or link.language
        with translation.override(language if translation.check_for_language(language) else "en"):
            answer = _answer(request, link)
    add_never_cache_headers(answer)
    # The address is the secret: no page of others that is gone to from here learns it. Without any referrer
    # a browser would post the form as from nowhere, which the guard against forged requests refuses.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _unknown(request: Request) -> HttpResponse:
    asked = {f"link:{request.META.get('REMOTE_ADDR', '')}": GUESSES}
    if take(TABLE, asked) is None:
        return _told(request, _("Too many links that are none came from your network. Wait a minute."), 429)
    return _told(request, _("This is no link of ours, or it was kept long enough and is forgotten."), 404)


def _answer(request: Request, link: MailedLink) -> HttpResponse:
    if request.actor.account_id is not None and request.actor.account_id != link.account_id:
        who = {"holder": link.label, "reader": request.actor.label}
        sentence = _("This link is for %(holder)s, and you are signed in as %(reader)s: nothing is done.")
        return _told(request, sentence % who, 403)
    try:
        found = opened(link)
    except Refusal as refusal:
        return _told(request, str(refusal), refusal.status)
    if request.method != "POST":
        return _asked(request, link, found, found.form(initial=request.GET.dict()))
    form = found.form(request.POST)
    if not form.is_valid():
        return _asked(request, link, found, form, 422)
    try:
        said = use(link, request.POST.get("press", ""), form.cleaned_data)
    except Refusal as refusal:
        if refusal.status != 422:
            return _told(request, str(refusal), refusal.status)
        blame(form, refusal)
        return _asked(request, link, found, form, 422)
    return _told(request, said, 200)


def _asked(request: Request, link: MailedLink, found: Opened, form: Any, status: int = 200) -> HttpResponse:
    context = {"link": link, "opened": found, "form": form}
    return render(request, "mailed_links/asked.html", context, status=status)


def _told(request: Request, sentence: str, status: int) -> HttpResponse:
    return render(request, "mailed_links/told.html", {"sentence": sentence, "status": status}, status=status)


root_urlpatterns = [path("mailed/<str:secret>/", mailed_link, name="mailed-link")]
