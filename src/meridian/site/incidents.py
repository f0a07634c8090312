"""A fault of the program: told with a number and a way back, recorded under that number.

Nothing here asks the database, which may be what is gone.
"""

import logging
import secrets
import sys
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.api.problems import problem

LOG = logging.getLogger("meridian.incident")
API = "/api/"


def told(request: HttpRequest) -> HttpResponse:
    """The answer to a request that ended in a fault: a page, a part of one, or a problem document."""
    number = f"{timezone.now():%Y%m%d}-{secrets.token_hex(4)}"
    actor = getattr(request, "actor", None)
    LOG.error(
        "Incident %s: %s %r by %s",
        number,
        request.method,
        request.get_full_path(),
        getattr(actor, "account_id", None) or "nobody",
        exc_info=sys.exc_info(),
    )
    answer = _answer(request, number)
    # Django would record the same fault once more, without its number.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def _answer(request: HttpRequest, number: str) -> HttpResponse:
    if request.path.startswith(API):
        why = _("Meridian made a mistake. Nothing was saved. Tell those who run it this number: %(number)s.")
        return problem(500, why % {"number": number})
    part = "design/partials/incident.html" if request.headers.get("HX-Request") else "500.html"
    page = render_to_string(part, {"incident": number, "back_url": came_from(request)})
    return HttpResponse(page, status=500)


def came_from(request: HttpRequest) -> str:
    """The page of this house from which one came."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if before.netloc != request.META.get("HTTP_HOST") or not before.path.startswith("/"):
        return ""
    path = before.path if not before.path.startswith("//") else "/"
    return f"{path}?{before.query}" if before.query else path
