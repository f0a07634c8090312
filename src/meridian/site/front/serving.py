"""One request after another: its head is looked at, its body read, its turn awaited, its answer sent."""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from meridian.registers.access.facade import client_address, network_of
from meridian.site.front import limits
from meridian.site.front.answer import Answer, File, refuse
from meridian.site.front.body import Bodies, too_large
from meridian.site.front.gate import Gate
from meridian.site.front.limits import Refused

log = logging.getLogger(__name__)
Environ = dict[str, Any]
FIXED: Environ = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Meridian",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
    "wsgi.file_wrapper": File,
}
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}


class Front:
    """An RSGI application around a WSGI one."""

    def __init__(self, house: Callable[[Environ, Any], Iterable[bytes]]) -> None:
        self.house = house
        self.bodies = Bodies()
        self.trusted = [ip_network(text) for text in settings.TRUSTED_PROXIES]
        self.unread_bytes = 0
        self.gate: Gate

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.gate = Gate()

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        environ: Environ = {}
        try:
            environ = environ_of(scope)
            answer = await self._answered(environ, scope, proto)
        except Refused as refused:
            with translation.override(language_of(environ)):
                refuse(proto, refused, scope.path)
            return
        except Exception:
            log.exception("%s %s was not answered", scope.method, scope.path)
            with translation.override(language_of(environ)):
                refuse(proto, Refused(500, _("Something went wrong here. Try again later.")), scope.path)
            return
        self.unread_bytes += answer.unread_bytes
        try:
            await answer.send(proto)
        except (TimeoutError, RuntimeError):
            log.info("%s %s: the reader has gone", scope.method, scope.path)
        finally:
            self.unread_bytes -= answer.unread_bytes

    async def _answered(self, environ: Environ, scope: Any, proto: Any) -> Answer:
        body, length = await self._body(environ, scope, proto)
        environ |= {"wsgi.input": body, "CONTENT_LENGTH": str(length), "wsgi.errors": sys.stderr}

        def work() -> Answer:
            answer = Answer()
            with body:
                answer.take(self.house(environ, answer.start))
            return answer

        is_export = "/export/" in scope.path
        if is_export and self.unread_bytes > limits.MOST_UNREAD_BYTES:
            raise Refused(503, _("Too many files are being taken out at once. Try again in a minute."))
        return await self.gate.run(work, is_export=is_export)

    async def _body(self, environ: Environ, scope: Any, proto: Any) -> tuple[Any, int]:
        declared = limits.declared_length(environ.get("CONTENT_LENGTH"))
        if not declared and (scope.method in WITHOUT_BODY or "HTTP_TRANSFER_ENCODING" not in environ):
            return io.BytesIO(), 0
        known = "HTTP_AUTHORIZATION" in environ or settings.SESSION_COOKIE_NAME in environ.get(
            "HTTP_COOKIE", ""
        )
        most = limits.most_bytes(scope.path, environ.get("CONTENT_TYPE", ""), known)
        if declared and declared > most:
            raise too_large(most)
        asker = client_address(environ["REMOTE_ADDR"], environ.get("HTTP_X_FORWARDED_FOR", ""), self.trusted)
        with self.bodies.one_more(network_of(asker)):
            body, length = await self.bodies.read(proto, most)
        if declared and length < declared:
            body.close()
            raise Refused(400, _("What was sent broke off. Send it again."))
        return body, length


def environ_of(scope: Any) -> Environ:
    """WSGI's environment of a request; `Refused` when its head is too long."""
    host, _colon, port = scope.server.rpartition(":")
    environ = FIXED | {
        "REQUEST_METHOD": scope.method,
        # WSGI carries bytes as Latin letters.
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    size = len(scope.query_string) + len(scope.path)
    for count, (name, value) in enumerate(scope.headers.items()):
        size += len(name) + len(value)
        if count >= limits.MOST_HEADERS or size > limits.MOST_HEADER_BYTES:
            raise Refused(431, _("The address or the cookies of this request are too long."))
        # `X_Forwarded_For` would pass for `X-Forwarded-For`.
        if "_" not in name:
            _add(environ, name, value)
    return environ


def _add(environ: Environ, name: str, value: str) -> None:
    key = name.upper().replace("-", "_")
    key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
    if key in environ and key != "HTTP_HOST":
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value


def language_of(environ: Environ) -> str:
    """The first language that the browser asks for and the house speaks."""
    for language, _weight in parse_accept_lang_header(environ.get("HTTP_ACCEPT_LANGUAGE", "")[:500]):
        try:
            return translation.get_supported_language_variant(language)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
