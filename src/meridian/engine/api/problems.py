"""Faults as RFC 9457 problem details."""

from http import HTTPStatus
from typing import Any

import orjson
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from meridian.engine.commands import Refusal, busy_of


class FieldFault(Schema):
    """A field and what is wrong with it."""

    field: str
    detail: str


class Problem(Schema):
    """RFC 9457: what went wrong, for a program and for a person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldFault] = []


PROBLEMS = {
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    412: Problem,
    415: Problem,
    422: Problem,
    428: Problem,
    503: Problem,
}


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """An answer of type `application/problem+json`."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def install_handlers(api: NinjaAPI) -> None:
    """Every fault of the interface becomes a problem document."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(OperationalError, _busy)


def _refused(request: HttpRequest, fault: Any) -> HttpResponse:
    faults = getattr(fault, "faults", {fault.field: str(fault)} if fault.field else {})
    errors = [{"field": field, "detail": sentence} for field, sentence in faults.items()]
    return problem(fault.status, str(fault), errors)


def _busy(request: HttpRequest, fault: Any) -> HttpResponse:
    known = busy_of(fault)
    if not isinstance(known, Refusal):
        raise fault
    return _refused(request, known)


def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in error["loc"][1:]), "detail": error["msg"]}
        for error in fault.errors
    ]
    return problem(422, "The request does not fit the schema.", errors)


def _unknown(request: HttpRequest, fault: Any) -> HttpResponse:
    answer = problem(401, "Sign in, or send a valid token as «Authorization: Bearer …».")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _http_error(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem(fault.status_code, str(fault))


def _missing(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem(404, "There is no such row, or it is not yours to see.")
