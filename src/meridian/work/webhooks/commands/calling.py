"""Telling another system of an event: signed, to no private address, without following where it points."""

import contextlib
import hashlib
import hmac
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from meridian.work.webhooks.models import Webhook
from meridian.work.webhooks.rules.places import is_public

# For a word of the other side, and for all of a call: who answers a byte at a time holds nobody up.
TIMEOUT_SECONDS, LONGEST_CALL_SECONDS = 10, 20
MOST_ANSWER_BYTES = 2_000


class Answer(NamedTuple):
    """What came of a call: the status, None when nobody answered, and a word on it."""

    status: int | None
    remark: str

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Forbidden(Exception):
    """A call that the house doesn't make, in a sentence."""


def secret_of(webhook: Webhook) -> str:
    """The secret that the other system knows, from the house's key."""
    word = f"webhooks.webhook.{webhook.pk}.{webhook.generation}"
    return hmac.new(settings.SECRET_KEY.encode(), word.encode(), hashlib.sha256).hexdigest()


def signature_of(webhook: Webhook, at: int, body: bytes) -> str:
    """`t=INSTANT,v1=HMAC`: over the instant too, so that an old call can't be played again."""
    signed = hmac.new(secret_of(webhook).encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def call(webhook: Webhook, delivery: int, event: str, content: Any) -> Answer:
    """Post an event. Never raises: what goes wrong is said."""
    body = json.dumps(content, sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Meridian",
        "Meridian-Event": event,
        "Meridian-Delivery": str(delivery),
        "Meridian-Signature": signature_of(webhook, int(time.time()), body),
    }
    try:
        return _posted(webhook.url, body, headers)
    except Forbidden as fault:
        return Answer(None, str(fault))
    except (OSError, http.client.HTTPException, ValueError) as fault:
        return Answer(None, _plain(f"{type(fault).__name__}: {fault}"))


def _posted(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    parts = urlsplit(url)
    host = parts.hostname or ""
    allowed = host.lower() in settings.WEBHOOK_HOSTS
    if parts.scheme != "https" and not allowed:
        raise Forbidden(_("Only https:// is called."))
    if parts.scheme not in ("http", "https") or not host or parts.username:
        raise Forbidden(_("This is no address that can be called."))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    # The address that was judged is the one that is called: the name is asked once.
    connection.sock = _connected(host, port, allowed=allowed, secure=parts.scheme == "https")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    with contextlib.closing(connection), _ending(connection.sock):
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        said = answer.read(MOST_ANSWER_BYTES).decode("utf-8", "replace")
    return Answer(answer.status, _plain(said))


def _plain(said: str) -> str:
    """What another system says, as one line without signs that no table keeps or that turn a page round."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())[:300]


@contextlib.contextmanager
def _ending(sock: socket.socket) -> Iterator[None]:
    """Let a call end after its time, whoever still says something."""
    timer = threading.Timer(LONGEST_CALL_SECONDS, lambda: _hang_up(sock))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _connected(host: str, port: int, *, allowed: bool, secure: bool) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not allowed and not all(is_public(str(address[0])) for *_rest, address in found):
        raise Forbidden(
            _("%(host)s leads to a private address: the operator must allow it by name.") % {"host": host}
        )
    place = found[0][4]
    plain = socket.create_connection((str(place[0]), port), timeout=TIMEOUT_SECONDS)
    if not secure:
        return plain
    with _ending(plain):
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
