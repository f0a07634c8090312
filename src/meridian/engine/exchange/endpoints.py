"""Files of rows over REST: small ones at once, large ones as an errand."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from meridian.engine.api.endpoints import answer
from meridian.engine.api.problems import PROBLEMS
from meridian.engine.api.rows import one_row
from meridian.engine.api.schemas import Strict, Text
from meridian.engine.errands.models import Errand
from meridian.engine.exchange.asking import (
    Sent,
    ask_export,
    exported,
    is_long,
    name_and_type,
    pieces_of,
    resource_named,
    take_or_ask,
)
from meridian.engine.inputs.uploads import uploaded
from meridian.engine.policies import Request
from meridian.engine.resources import resource_of
from meridian.engine.sheets.limits import MOST_FILE_BYTES


class Export(Strict):
    """`query` is that of the list, such as `state=active&sort=code`; `format` csv, xlsx or json, which
    are exact and can be taken in again, or reading, which is for people."""

    resource: Text
    format: Text = "csv"
    query: Text = ""


class Import(Schema):
    """`dry` tries the file; `tried`, of the report of a trial, holds the run to it."""

    resource: Text
    dry: bool = False
    tried: Text = ""
    sheet: Text = ""


def router() -> Router:
    """`POST /api/exchange/exports` and `POST /api/exchange/imports`."""
    made = Router(tags=["exchange"])

    @made.post(
        "/exports",
        response={200: bytes, 202: dict[str, Any], **PROBLEMS},
        operation_id="exchange_export",
        url_name="exchange_export",
    )
    def export(request: Request, payload: Export) -> HttpResponseBase:
        """The rows of a list as a file; a long one is made apart (202, `Location` is its state)."""
        resource, kind, query = resource_named(payload.resource), payload.format, QueryDict(payload.query)
        exported(resource, request.actor, kind)
        if is_long(resource, request.actor, query, kind):
            return asked(request, ask_export(resource, request.actor, query, kind))
        return StreamingHttpResponse(
            pieces_of(resource, request.actor, query, kind), content_type=name_and_type(resource, kind)[1]
        )

    @made.post(
        "/imports",
        response={200: dict[str, Any], 202: dict[str, Any], **PROBLEMS},
        operation_id="exchange_import",
        url_name="exchange_import",
    )
    def take_in(
        request: Request,
        payload: Form[Import],
        file: File[UploadedFile],
    ) -> HttpResponse:
        """The report of a file that is taken in, or tried; a large one is read apart (202)."""
        uploaded(request, "file", MOST_FILE_BYTES)
        sent = Sent(file.name or "", file.read(), payload.sheet, payload.dry, payload.tried)
        report = take_or_ask(resource_named(payload.resource), request.actor, sent)
        if isinstance(report, Errand):
            return asked(request, report)
        return answer(report.told() | {"tried": sent.held(report)})

    return made


def asked(request: Request, errand: Errand) -> HttpResponse:
    """What was asked for, and where it is told how far it is."""
    made = answer(one_row(resource_of(Errand), request.actor, errand.pk) or {"id": errand.pk}, 202)
    made["Location"] = f"/api/errands/errands/{errand.pk}"
    return made
