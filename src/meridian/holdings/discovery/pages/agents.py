"""Where GLPI agents post: contact and inventories in JSON, prolog and inventories in the older XML.

The address is the `server` of an agent's configuration. Its password, or bearer token, is an API token whose
only scope is `discovery.source.take_in`; the user name that goes with it means nothing.
"""

import base64
import binascii
import gzip
import time
import zlib
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.pages.entry import PUBLIC, needs
from meridian.engine.policies import Actor, Request
from meridian.holdings.discovery.commands import Body, take_in
from meridian.holdings.discovery.models import Source
from meridian.holdings.discovery.rules.faults import Unreadable
from meridian.holdings.discovery.rules.reading import document_of, unpacked
from meridian.registers.access.facade import actor_of_token

SOURCE = "glpi"
HOURS_BETWEEN = 24
PROLOG = f"<PROLOG_FREQ>{HOURS_BETWEEN}</PROLOG_FREQ><RESPONSE>SEND</RESPONSE>"
INVENTORIES = frozenset({"inventory", "netinventory", "netdiscovery", "snmpquery"})
ZLIB_TYPE, GZIP_TYPE = "application/x-compress-zlib", "application/x-compress-gzip"
OLD_ZLIB = "application/x-compress"


@csrf_exempt
@needs(PUBLIC)
def agents(request: Request) -> HttpResponse:
    """Answer an agent as its protocol wants: a status, a message of what is wrong, hours until the next."""
    if request.method != "POST":
        return _json(request, {"status": "error", "message": "Agents POST their reports here."}, 405)
    actor = _actor(request)
    if not actor.known:
        answer = _json(
            request, {"status": "error", "message": "Send an API token as password or bearer."}, 401
        )
        answer["WWW-Authenticate"] = 'Basic realm="Meridian"'
        return answer
    try:
        body = request.body
        with trail.origin("api"):
            return _answered(request, actor, body)
    except RequestDataTooBig:
        return _json(request, {"status": "error", "message": "The report is too large: compress it."}, 413)
    except UnreadablePostError:
        return _json(request, {"status": "error", "message": "The report broke off."}, 400)
    except Unreadable as fault:
        return _json(request, {"status": "error", "message": str(fault)}, 400)
    except Unpermitted as fault:
        return _json(request, {"status": "error", "message": str(fault)}, 403)
    except Refusal as fault:
        return _json(request, {"status": "error", "message": str(fault)}, 409)


def _asked(body: bytes) -> tuple[Mapping[str, Any], bool]:
    """What an agent sent, and whether in XML; of XML that is no inventory only the question. Of a torn
    report nothing is known but that it is one."""
    try:
        plain = unpacked(body)
        is_xml = plain.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        if is_xml and b"<QUERY>PROLOG</QUERY>" in plain:
            return {"action": "prolog"}, True
        return document_of(body), is_xml
    except Unreadable:
        return {}, False


def _actor(request: Request) -> Actor:
    """Who sends: by a bearer token, or by the same as the password of a basic authorisation."""
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            _user, _colon, password = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            password = ""
        return actor_of_token(password)
    # What a signed-in browser sends is nobody's report.
    return request.actor if scheme.lower() == "bearer" else actor_of_token("")


def _answered(request: Request, actor: Actor, body: bytes) -> HttpResponse:
    document, is_xml = _asked(body)
    action = str(document.get("action") or "inventory").lower()
    if action == "prolog":
        return _xml(request, PROLOG)
    if action == "contact":
        tasks = {"inventory": {"server": "meridian", "version": "1"}}
        return _json(request, {"status": "ok", "expiration": HOURS_BETWEEN, "tasks": tasks})
    if action not in INVENTORIES:
        return _json(request, {"status": "error", "message": f"“{action[:40]}” is not asked here."}, 400)
    name = str(document.get("deviceid") or request.headers.get("GLPI-Agent-ID", "agent"))[:200]
    sent = Body(name, body, int(time.time()))
    taken = take_in(actor=actor, source=Source.objects.get(code=SOURCE), bodies=[sent])
    if reason := taken.reasons.get(name):
        raise Unreadable(reason)
    return _xml(request, "") if is_xml else _json(request, {"status": "ok", "expiration": HOURS_BETWEEN})


def _json(request: Request, told: Mapping[str, Any], status: int = 200) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(told), status=status, content_type="application/json")
    if asked := request.headers.get("GLPI-Request-ID", ""):
        answer["GLPI-Request-ID"] = "".join(letter for letter in asked if letter.isalnum())[:8]
    answer["Cache-Control"] = "no-store"
    return answer


def _xml(request: Request, told: str) -> HttpResponse:
    """An answer in XML, compressed as the question was."""
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<REPLY>{told}</REPLY>'.encode()
    kind = (request.content_type or "").lower()
    if kind in (ZLIB_TYPE, OLD_ZLIB):
        return HttpResponse(zlib.compress(content), content_type=kind)
    if kind == GZIP_TYPE:
        return HttpResponse(gzip.compress(content), content_type=kind)
    return HttpResponse(content, content_type="application/xml")
