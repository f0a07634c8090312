"""What a browser needs to keep a form until there is a line."""

import hashlib
from functools import cache
from importlib import resources

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from meridian.engine.listing.parameters import one_of
from meridian.engine.offline.keeping import keeper
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import PUBLIC, needs
from meridian.engine.policies import Request

FILES = ("meridian/meridian.css", "meridian/meridian.js", "offline/outbox.js")


@needs(PUBLIC)
@cache_control(no_cache=True)
@require_safe
@takes()
def worker(request: Request) -> HttpResponse:
    """The service worker for all pages: it stands at the root, whose reach is everything.

    A browser asks for it again on many pages: as long as it is the same, it is told so in a few bytes.
    """
    script = _script()
    etag = quote_etag(hashlib.sha256(script.encode()).hexdigest()[:32])
    fresh = HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=fresh) or fresh


@cache
def _script() -> str:
    """The worker with the addresses that it needs."""
    script = (resources.files(__package__) / "worker.js").read_text(encoding="utf-8")
    addresses = {
        "@PAGE@": reverse("offline"),
        "@READY@": reverse("offline-ready"),
        "@FILES@": " ".join(static(name) for name in FILES),
    }
    for mark, address in addresses.items():
        script = script.replace(mark, address)
    return script


@needs(PUBLIC)
@require_safe
@takes("kept")
def waiting(request: Request) -> HttpResponse:
    """What waits in this browser to be sent. The worker keeps the page: it holds nothing of anybody."""
    one_of("kept", request.GET.get("kept", ""), {"": _("No"), "yes": _("Yes")})
    return render(request, "offline/waiting.html")


@needs(PUBLIC)
@never_cache
@require_safe
@takes()
def ready(request: Request) -> JsonResponse:
    """That there is a line, for whom one may send now, and with what a form has to come."""
    return JsonResponse({"keeper": keeper(request.actor), "token": get_token(request)})


root_urlpatterns = [
    path("worker.js", worker, name="offline-worker"),
    path("offline/", waiting, name="offline"),
    path("offline/ready/", ready, name="offline-ready"),
]
