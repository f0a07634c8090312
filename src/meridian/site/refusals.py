"""What Django refuses by itself, before a page or an endpoint is asked: a problem document for programs."""

from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from meridian.engine.api.problems import problem
from meridian.engine.pages.faults import PROGRAMS


def unread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that can't be read."""
    if not request.path.startswith(PROGRAMS):
        return defaults.bad_request(request, exception)
    why = _("The request can't be read.")
    if isinstance(exception, TooManyFieldsSent):
        why = _("The request has too many parameters.")
    return problem(400, why)


def missing(request: HttpRequest, exception: Any) -> HttpResponse:
    """An address at which nothing is."""
    if not request.path.startswith(PROGRAMS):
        return defaults.page_not_found(request, exception)
    return problem(404, _("There is nothing at this address."))
