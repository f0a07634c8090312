"""Sending an answer: what the house has made is kept aside, so that a slow reader holds no thread."""

import asyncio
import html
import os
from collections.abc import Iterable
from typing import Any

import orjson
from django.utils import translation
from django.utils.translation import get_language_bidi, get_language_info
from django.utils.translation import gettext as _

from meridian.site.front import limits
from meridian.site.front.aside import aside
from meridian.site.front.limits import Refused

PIECE_BYTES = 65_536


class Answer:
    """What the house answered: status, headers, and the body as bytes or as a file at its beginning."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: list[tuple[str, str]] = []
        self.body: Any = b""
        self.unread_bytes = 0

    def start(self, status: str, headers: list[tuple[str, str]], _fault: Any = None) -> None:
        """WSGI's `start_response`."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower(), value) for name, value in headers]

    def take(self, made: Iterable[bytes]) -> None:
        """Take in the body, in the thread that makes it, and let the house end its part of it."""
        try:
            self.body = _itself(made.file) if isinstance(made, File) else self._kept(made)
        finally:
            if hasattr(made, "close"):
                made.close()

    def _kept(self, made: Iterable[bytes]) -> Any:
        """A small body as bytes, a large one aside."""
        if isinstance(made, list):
            return b"".join(made)
        kept, length = aside(), 0
        try:
            for piece in made:
                kept.write(piece)
                length += len(piece)
                if length > limits.MOST_ANSWER_BYTES:
                    raise OverflowError("An answer outgrew MOST_ANSWER_BYTES.")
            kept.seek(0)
        except BaseException:
            kept.close()
            raise
        if length > limits.IN_MEMORY_BYTES:
            self.unread_bytes = length
            return kept
        with kept:
            return kept.read()

    async def send(self, proto: Any) -> None:
        """Send it; a reader who takes nothing for a while is left."""
        if isinstance(self.body, bytes):
            proto.response_bytes(self.status, self.headers, self.body)
            return
        try:
            stream = proto.response_stream(self.status, self.headers)
            while piece := self.body.read(PIECE_BYTES):
                await asyncio.wait_for(stream.send_bytes(piece), limits.READER_SECONDS)
        finally:
            self.body.close()


class File:
    """WSGI's `file_wrapper`: a file that is sent as it is, from where it lies."""

    def __init__(self, file: Any, _block_size: int = PIECE_BYTES) -> None:
        self.file = file

    def close(self) -> None:
        self.file.close()


def _itself(file: Any) -> Any:
    """A large file of the disk as a second handle on it; what is small, or made in memory, is read."""
    try:
        rest_bytes = os.fstat(file.fileno()).st_size - file.tell()
    except OSError:
        return file.read()
    return file.read() if rest_bytes <= limits.IN_MEMORY_BYTES else os.fdopen(os.dup(file.fileno()), "rb")


def refuse(proto: Any, refused: Refused, path: str) -> None:
    """Answer without the house: a problem document for programs, a short page for people."""
    headers = [("cache-control", "no-store")]
    if refused.status in (429, 503):
        headers.append(("retry-after", "60"))
    if path.startswith("/api/"):
        problem = {"type": "about:blank", "status": refused.status, "detail": str(refused.sentence)}
        headers.append(("content-type", "application/problem+json"))
        proto.response_bytes(refused.status, headers, orjson.dumps(problem))
        return
    language = translation.get_language() or "en"
    words = {
        "language": get_language_info(language)["code"],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "title": html.escape(_("This was not taken in")),
        "sentence": html.escape(str(refused.sentence)),
        "back": html.escape(_("To the first page")),
    }
    headers += [
        ("content-type", "text/html; charset=utf-8"),
        ("content-security-policy", "default-src 'none'"),
    ]
    proto.response_str(refused.status, headers, PAGE.format(**words))


PAGE = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Meridian</title>
<main><h1>{title}</h1><p>{sentence}</p><p><a href="/">{back}</a></p></main></html>
"""
