"""A mail read from its bytes: who, what, and the files that lie with it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from meridian.engine.attachments.rules import MOST_BYTES
from meridian.engine.mail_reading.headers import addresses, decoded, header, in_letters, message_ids
from meridian.engine.mail_reading.markup import text_of

MOST_HEAD_BYTES = 200_000
MOST_PARTS = 300
MOST_NESTED = 60
MOST_FILES = 50
MOST_LETTERS = 500_000
BODIES = ("text/plain", "text/html")


class Unreadable(ValueError):
    """A mail that nobody should try to read: too large, of too many parts, nested too deeply."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that lies with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says. `fingerprint` is the same for the same mail however often it is delivered.

    `answers` are all mails of its thread, `answers_first` what it answers itself.
    """

    message: Message
    fingerprint: str
    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    answers: tuple[str, ...]
    text: str
    html: str
    files: tuple[File, ...]
    left_out: int = 0
    answers_first: tuple[str, ...] = ()


def fingerprint_of(raw: bytes) -> str:
    """What stays the same when a mail is delivered again: who sent it when, its name, and its body.

    The lines that servers on its way add are left out.
    """
    head, body = _halves(raw)
    kept = sorted(
        line.strip()
        for line in _unfolded(head)
        if line.partition(b":")[0].strip().lower() in (b"message-id", b"from", b"date", b"subject")
    )
    return hashlib.sha256(b"\n".join([*kept, hashlib.sha256(body.strip()).digest()])).hexdigest()


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    for gap in (b"\r\n\r\n", b"\n\n"):
        head, found, body = raw.partition(gap)
        if found:
            return head, body
    return raw, b""


def _unfolded(head: bytes) -> list[bytes]:
    return head.replace(b"\r\n", b"\n").replace(b"\n ", b" ").replace(b"\n\t", b" ").split(b"\n")


def read(raw: bytes) -> Mail:
    """Read a mail. Raises `Unreadable` for what is built to harm; all else is read as well as it can be."""
    if len(raw) > MOST_BYTES:
        raise Unreadable("size")
    if raw.lower().count(b"multipart/") > MOST_NESTED:
        raise Unreadable("nesting")
    return _read(raw)


def _read(raw: bytes) -> Mail:
    message, parts = _parsed(raw)
    text, whole, files, left_out = _contents(parts)
    html = whole[:MOST_LETTERS].replace("\0", "")
    name, sender = next(iter(addresses(message, "From", "Sender")), ("", ""))
    return Mail(
        message=message,
        fingerprint=fingerprint_of(raw),
        message_id=next(iter(message_ids(message, "Message-ID")), ""),
        sender=sender,
        sender_name=name[:200],
        recipients=tuple(address for _name, address in addresses(message, "To", "Cc", "Delivered-To")),
        subject=header(message, "Subject"),
        sent_at=_date(header(message, "Date")),
        answers=tuple(message_ids(message, "In-Reply-To", "References")),
        text=(text or text_of(html))[:MOST_LETTERS].replace("\0", ""),
        html=html,
        files=tuple(files),
        left_out=left_out,
        answers_first=tuple(message_ids(message, "In-Reply-To") or message_ids(message, "References")[-1:]),
    )


def read_head(raw: bytes) -> Mail:
    """Read the headers alone, of a mail whose body is not to be read."""
    return replace(_read(_halves(raw)[0][:MOST_HEAD_BYTES] + b"\r\n\r\n"), fingerprint=fingerprint_of(raw))


def _parsed(raw: bytes) -> tuple[Message, list[Message]]:
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        parts = list(_leaves(message))
    except RecursionError as fault:
        raise Unreadable("nesting") from fault
    return message, parts


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; a mail within the mail is one part."""
    waiting: list[Message] = [message]
    seen = 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > MOST_PARTS:
            raise Unreadable("parts")
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        else:
            yield part


def _contents(parts: list[Message]) -> tuple[str, str, list[File], int]:
    texts: list[str] = []
    pages: list[str] = []
    files: list[File] = []
    left_out = 0
    for part in parts:
        name, kind = _name_of(part), part.get_content_type()
        if kind in BODIES and not name and "attachment" not in header(part, "Content-Disposition").lower():
            (texts if kind == "text/plain" else pages).append(in_letters(_bytes_of(part), _charset_of(part)))
            continue
        content = _bytes_of(part)
        if not content:
            continue
        if len(files) == MOST_FILES:
            left_out += 1
        else:
            files.append(File(name or _usual_name(kind), content))
    return "\n".join(texts).replace("\r\n", "\n"), "\n".join(pages), files, left_out


def _name_of(part: Message) -> str:
    """The file name in the words of RFC 2231 or 2047, whichever the sender knew."""
    try:
        found = part.get_filename("")
    except (LookupError, UnicodeError, ValueError, TypeError, AttributeError):
        found = ""
    return decoded(str(found))[:200]


def _usual_name(kind: str) -> str:
    return {"message/rfc822": "mail.eml", "text/calendar": "invitation.ics"}.get(kind, "file")


def _charset_of(part: Message) -> str:
    try:
        return str(part.get_content_charset("") or "")
    except (LookupError, UnicodeError, ValueError, TypeError, AttributeError):
        return ""


def _bytes_of(part: Message) -> bytes:
    """What a part holds. Broken base64 gives what of it can be read."""
    inner = part.get_payload()
    try:
        if isinstance(inner, list):
            return b"".join(each.as_bytes() for each in inner if isinstance(each, Message))
        content = part.get_payload(decode=True)
    except (LookupError, UnicodeError, ValueError, TypeError, AttributeError, RecursionError):
        content = None
    if isinstance(content, bytes):
        return content
    return str(inner or "").encode("utf-8", "surrogateescape")


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo and 1990 < found.year < 2200 else None
