"""Uploads that go on where the line broke: tus 1.0 with creation, checksum and expiration.

A file is begun beside its row, arrives in pieces that each say where they begin, and is attached when the
last one is there. Any client of the protocol works; `resume.js` is the house's own.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.utils import check_csrf

from meridian.engine.attachments.arriving import Elsewhere, Held, begin, go_on, upload_of, with_files
from meridian.engine.attachments.models import Upload
from meridian.engine.attachments.rules import MOST_BYTES
from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.policies import Request, policy_of

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
FACTS = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,checksum,expiration",
    "Tus-Max-Size": str(MOST_BYTES),
    "Tus-Checksum-Algorithm": "sha1,sha256",
}


def spoken(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view of the protocol for these methods: tells what the house can, and says faults in words."""

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def answer(request: Request, **given: Any) -> HttpResponse:
            method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
            if method == "OPTIONS":
                return _said(HttpResponse(status=204, headers=FACTS))
            if method not in methods:
                return _said(HttpResponse(status=405, headers={"Allow": ", ".join(("OPTIONS", *methods))}))
            try:
                return _said(view(request, method, **given))
            except Refusal as fault:
                return _said(_refused(fault.status, str(fault.beside(()))))

        answer.__doc__, answer.__module__ = view.__doc__, view.__module__
        return answer

    return mark


def _not_spoken(request: Request, method: str) -> HttpResponse | None:
    """Refuses what is of no version that is known here, and what a forged page would send."""
    version = request.headers.get("Tus-Resumable")
    if version is None:
        return _refused(400, _("This address takes files by the protocol tus: Tus-Resumable is missing."))
    if version != VERSION:
        return HttpResponse(status=412, headers={"Tus-Version": VERSION})
    if request.actor.scopes is None and method != "HEAD" and check_csrf(request, _unasked) is not None:
        return _refused(403, _("The sign of this page is missing: load it again."))
    return None


def _unasked(_request: Any) -> HttpResponse:
    return HttpResponse()


def _said(answer: HttpResponse) -> HttpResponse:
    answer["Tus-Resumable"] = VERSION
    answer["Cache-Control"] = "no-store"
    return answer


def _refused(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


@needs("attachments.attachment.view", programs=True)
@csrf_exempt
@takes()
@spoken("POST")
def begin_upload(request: Request, method: str, label: str, key: int) -> HttpResponse:
    """Begin a file beside a row: its length and name are said, its bytes follow."""
    resource = with_files(label)
    row = visible_row(resource, request.actor, key)
    if not may_do(resource, request.actor, "attach", row):
        raise Unpermitted(_("You may see this row but not attach files to it."))
    if fault := _not_spoken(request, method):
        return fault
    length = _number(request.headers.get("Upload-Length", ""))
    if length is None:
        return _refused(400, _("Say how long the file is: Upload-Length."))
    if length > MOST_BYTES:
        return _refused(413, _("The file is too large: at most 25 MB."))
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    if said is None:
        return _refused(400, _("Upload-Metadata is not as the protocol says."))
    inner = policy_of(resource.model).inner
    may_keep = inner != "view" and may_do(resource, request.actor, inner, row)
    name = said.get("filename") or said.get("name", "")
    upload = begin(request.actor, row, name, length, is_internal=may_keep and "internal" in said)
    answer = HttpResponse(status=201, headers=_state(upload))
    answer["Location"] = reverse("upload", args=(upload.pk,))
    return answer


@needs("attachments.attachment.view", programs=True)
@csrf_exempt
@takes()
@spoken("HEAD", "PATCH")
def upload(request: Request, method: str, key: str) -> HttpResponse:
    """How far an upload is (`HEAD`), and its next piece (`PATCH`)."""
    found = upload_of(request.actor, key)
    if fault := _not_spoken(request, method):
        return fault
    if method == "HEAD":
        return HttpResponse(status=200, headers={**_state(found), "Upload-Length": str(found.size_bytes)})
    if request.content_type != PIECE_TYPE:
        return _refused(415, _("A piece is sent as %(type)s.") % {"type": PIECE_TYPE})
    offset, piece = _number(request.headers.get("Upload-Offset", "")), request.read()
    if offset is None:
        return _refused(400, _("Say where the piece begins: Upload-Offset."))
    if fault := _checked(piece, request.headers.get("Upload-Checksum", "")):
        return fault
    try:
        return HttpResponse(status=204, headers=_state(go_on(request.actor, found, offset, piece)))
    except Elsewhere:
        return _refused(409, _("The upload stands elsewhere: ask where it is and go on from there."))
    except Held:
        return _refused(423, _("Another piece of this upload is being written just now."))


def _state(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.received_bytes),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _metadata(text: str) -> Mapping[str, str] | None:
    """What a client says of the file, by name; None where it is not pairs of a name and base64."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, _space, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
    return found


def _checked(piece: bytes, said: str) -> HttpResponse | None:
    """Refuses a piece whose sum is not the one that it came with."""
    if not said:
        return None
    algorithm, _space, expected = said.partition(" ")
    if algorithm not in ("sha1", "sha256"):
        return _refused(400, _("The sum is of a kind that is not known here: sha1 or sha256."))
    # SHA-1 is what the protocol demands: it finds what the line garbled, and keeps no secret.
    digest = hashlib.new(algorithm, piece, usedforsecurity=False).digest()
    if base64.b64encode(digest).decode() == expected:
        return None
    answer = _refused(460, _("The piece came garbled: send it again."))
    answer.reason_phrase = "Checksum Mismatch"
    return answer
