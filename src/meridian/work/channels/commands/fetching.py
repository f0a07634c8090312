"""Fetching mailboxes over IMAP: each mail once, whatever stops in between.

A mail is taken in and committed before it is marked as seen, and the place in the mailbox moves last: what
was fetched twice is known by its fingerprint.
"""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DataError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.attachments.rules import MOST_BYTES
from meridian.engine.commands import Refusal
from meridian.work.channels.commands.intake import set_aside, take_in
from meridian.work.channels.models import Mailbox, MailboxState
from meridian.work.channels.models.mailboxes import Security
from meridian.work.channels.queries.threads import HOUSE

TIMEOUT_SECONDS = 30
AT_ONCE = 200
LOCK = 7_461_000
# A refusal too: what the database doesn't keep is one by the time it gets here.
FAULTS = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, DataError),
    Refusal,
)


class Unreachable(Exception):
    """A mailbox that can't be fetched, in a sentence for its operator."""


def password_of(mailbox: Mailbox) -> str:
    """The password in the operator's file, of lines `address password`; `*` is for all others."""
    place = Path(settings.MAILBOX_PASSWORDS)
    lines = place.read_text(encoding="utf-8").splitlines() if place.is_file() else []
    known = dict(line.strip().split(None, 1) for line in lines if len(line.split(None, 1)) == 2)
    try:
        return known.get(mailbox.address, "") or known["*"]
    except KeyError:
        raise Unreachable(_("No password for this mailbox stands in %(file)s.") % {"file": place}) from None


def fetch(mailbox_id: int) -> int:
    """Take in what is new in a mailbox; how many mails were looked at. One process fetches it at a time."""
    mailbox = (
        Mailbox.objects.select_related("team")
        .filter(pk=mailbox_id, is_active=True)
        .exclude(server="")
        .first()
    )
    if mailbox is None:
        return 0
    with _alone(mailbox.pk) as alone:
        if not alone:
            return 0
        state, _made = MailboxState.objects.get_or_create(mailbox=mailbox)
        try:
            with _opened(mailbox) as box:
                count = _take_new(box, mailbox, state)
        except (Unreachable, imaplib.IMAP4.error, OSError, ssl.SSLError) as fault:
            state.fault = str(fault)[:300] or type(fault).__name__
            state.failing_since = state.failing_since or timezone.now()
            state.save()
            return 0
        state.fetched_at, state.failing_since, state.fault = timezone.now(), None, ""
        state.save()
        return count


@contextlib.contextmanager
def _alone(key: int) -> Iterator[bool]:
    """A lock of the session, which ends with the process that holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, key])
        got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, key])


@contextlib.contextmanager
def _opened(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    if mailbox.security == Security.TLS:
        checked = ssl.create_default_context()
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            mailbox.server, mailbox.port, ssl_context=checked, timeout=TIMEOUT_SECONDS
        )
    else:
        box = imaplib.IMAP4(mailbox.server, mailbox.port, TIMEOUT_SECONDS)
    try:
        if mailbox.security == Security.STARTTLS:
            box.starttls(ssl.create_default_context())
        box.login(mailbox.login or mailbox.address, password_of(mailbox))
        _said(box.select("INBOX"))
        yield box
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def _said(answer: tuple[str, list]) -> list:
    kind, said = answer
    if kind != "OK":
        raise Unreachable(" ".join(str(word) for word in said)[:300])
    return said


def _take_new(box: imaplib.IMAP4, mailbox: Mailbox, state: MailboxState) -> int:
    validity = int((box.response("UIDVALIDITY")[1] or [b"0"])[-1] or 0)
    if validity != state.uid_validity:
        # The server numbers anew: everything is looked at again, and known by its fingerprint.
        state.uid_validity, state.last_uid = validity, 0
    found = _said(box.uid("SEARCH", f"UID {state.last_uid + 1}:*"))
    # The last mail answers every such search, also one that was looked at.
    uids = sorted(uid for uid in map(int, (found[0] or b"").split()) if uid > state.last_uid)
    for uid in uids[:AT_ONCE]:
        _take_one(box, mailbox, uid)
        state.last_uid = uid
        state.fetched_count += 1
        state.save(update_fields=("uid_validity", "last_uid", "fetched_count"))
    state.waiting_since = timezone.now() if len(uids) > AT_ONCE else None
    return len(uids[:AT_ONCE])


def _take_one(box: imaplib.IMAP4, mailbox: Mailbox, uid: int) -> None:
    size = _size(_said(box.uid("FETCH", str(uid), "(UID RFC822.SIZE)")))
    part = "BODY.PEEK[HEADER]" if size > MOST_BYTES else "BODY.PEEK[]"
    raw = next(
        (piece[1] for piece in _said(box.uid("FETCH", str(uid), f"({part})")) if isinstance(piece, tuple)),
        b"",
    )
    if not raw:
        # Somebody took it away between the two questions.
        return
    try:
        take_in(actor=HOUSE, mailbox=mailbox, raw=raw, size_bytes=max(size, len(raw)))
    except FAULTS as fault:
        # One mail that nobody foresaw must not stop those behind it.
        set_aside(actor=HOUSE, mailbox=mailbox, raw=raw, fault=f"{type(fault).__name__}: {fault}")
    box.uid("STORE", str(uid), "+FLAGS", "(\\Seen)")


def _size(said: list) -> int:
    for piece in said:
        match = re.search(rb"RFC822\.SIZE (\d+)", piece if isinstance(piece, bytes) else b"")
        if match:
            return int(match.group(1))
    return 0
