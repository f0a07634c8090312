"""What Django refuses by itself, before a page or an endpoint is asked: a problem document for programs."""

import codecs
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from meridian.engine.api.problems import problem
from meridian.engine.figures import number_text
from meridian.engine.pages.faults import PROGRAMS
from meridian.site.incidents import came_from


class InUnicode:
    """Middleware: reads nothing in another encoding than UTF-8; some that Python knows are no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.encoding and codecs.lookup(request.encoding).name not in ("utf-8", "ascii"):
            raise BadRequest(_("Send text in UTF-8: it came in another encoding."))
        return self.get_response(request)


def unread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that can't be read."""
    why = _why(exception)
    if request.path.startswith(PROGRAMS):
        return problem(400, why or _("The request can't be read."))
    # Nothing of the request is read for the page: that is what failed.
    context = {"refusal": {"why": why}, "back_url": came_from(request)}
    return HttpResponse(render_to_string("400.html", context), status=400)


def _why(fault: Exception) -> str:
    if isinstance(fault, TooManyFieldsSent):
        most = number_text(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
        return _("More than %(most)s fields were sent at once. Pick fewer rows, or take a file.") % {
            "most": most
        }
    if isinstance(fault, TooManyFilesSent):
        most = number_text(settings.DATA_UPLOAD_MAX_NUMBER_FILES)
        return _("More than %(most)s files were sent at once. Send them one after the other.") % {
            "most": most
        }
    if isinstance(fault, RequestDataTooBig):
        return _("What was sent is too large. Send less at once, or take a file.")
    return str(fault) if type(fault) is BadRequest else ""


def missing(request: HttpRequest, exception: Any) -> HttpResponse:
    """An address at which nothing is."""
    if not request.path.startswith(PROGRAMS):
        return defaults.page_not_found(request, exception)
    return problem(404, _("There is nothing at this address."))
