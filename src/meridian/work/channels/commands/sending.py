"""Letting a mail leave: tried until it is taken or refused for good, every attempt on record."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Untimely, command
from meridian.engine.mail_reading.headers import plain
from meridian.engine.modules.work import queue_job
from meridian.engine.policies import Actor
from meridian.work.channels.commands.delivery import mark_failing
from meridian.work.channels.commands.offering import with_offers
from meridian.work.channels.contracts import Departure
from meridian.work.channels.models import OutboundMail
from meridian.work.channels.queries.threads import HOUSE

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
WAIT_GROWS = 3
LONGEST_WAIT = timedelta(hours=12)
AT_ONCE = 200
UNWRITABLE = 599


def wait_after(attempt: int) -> timedelta:
    """How long after so many attempts the next one comes: a minute, three, nine ... half a day at most."""
    return min(FIRST_WAIT * WAIT_GROWS ** (attempt - 1), LONGEST_WAIT)


def send_now(mail_id: int) -> None:
    """Try to send a mail that waits. The attempt is on record before the network is asked, so that a crash
    loses nothing; a mail that left twice is the same mail by its Message-ID."""
    due = OutboundMail.objects.filter(pk=mail_id, state=Departure.QUEUED, due_at__lte=timezone.now())
    row = due.first()
    if row is None:
        return
    before = row.attempts
    row = begin_attempt(actor=HOUSE, row=row)
    if row.attempts == before:
        # Another worker sends it at this moment, or it needn't leave any more.
        return
    try:
        letter_of(row).send()
    except smtplib.SMTPRecipientsRefused as fault:
        code, said = next(iter(fault.recipients.values()), (550, b""))
        note_refusal(actor=HOUSE, row=row, code=code, said=_words(said))
    except smtplib.SMTPResponseException as fault:
        note_refusal(
            actor=HOUSE, row=row, code=fault.smtp_code, said=_words(fault.smtp_error), of_address=False
        )
    except (OSError, smtplib.SMTPException) as fault:
        note_refusal(actor=HOUSE, row=row, code=400, said=str(fault), of_address=False)
    except (ValueError, TypeError, LookupError) as fault:
        # No letter can be made of it: the next attempt would end the same, and those behind it wait.
        told = f"{type(fault).__name__}: {fault}"
        note_refusal(actor=HOUSE, row=row, code=UNWRITABLE, said=told, of_address=False)
    else:
        note_sent(actor=HOUSE, row=row)


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def send_due() -> int:
    """Try what waits and is due; how many were tried."""
    due = OutboundMail.objects.filter(state=Departure.QUEUED, due_at__lte=timezone.now())
    keys = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        send_now(key)
    return len(keys)


def letter_of(row: OutboundMail) -> EmailMessage:
    """The mail as it leaves. It says that a machine sent it (RFC 3834), so that none answers it."""
    sender = settings.DEFAULT_FROM_EMAIL
    if row.mailbox is not None:
        sender = f'"{plain(row.mailbox.name).replace(chr(34), "")}" <{row.mailbox.address}>'
    headers = {
        "Message-ID": f"<{row.message_id}>",
        "Auto-Submitted": "auto-replied" if row.letter in ("receipt", "refused") else "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if row.answers:
        headers["In-Reply-To"] = f"<{row.answers[-1]}>"
        headers["References"] = " ".join(f"<{mark}>" for mark in row.answers)
    text = with_offers(row, timezone.now())
    return EmailMessage(" ".join(row.subject.split()), text, sender, [row.address], headers=headers)


@command(
    "channels.outboundmail.begin_attempt", on=OutboundMail, target="row", title=gettext_lazy("try to send")
)
def begin_attempt(*, actor: Actor, row: OutboundMail) -> OutboundMail:
    """Count an attempt that is due, and set when the next one comes should this one be lost."""
    if row.state == Departure.QUEUED and row.due_at is not None and row.due_at <= timezone.now():
        row.attempts += 1
        row.due_at = timezone.now() + wait_after(row.attempts)
        row.save(update_fields=("attempts", "due_at"))
    return row


@command(
    "channels.outboundmail.note_sent", on=OutboundMail, target="row", title=gettext_lazy("note that it left")
)
def note_sent(*, actor: Actor, row: OutboundMail) -> None:
    """Note that a server took the mail."""
    row.state, row.sent_at, row.due_at, row.remark = Departure.SENT, timezone.now(), None, ""
    row.save(update_fields=("state", "sent_at", "due_at", "remark"))


@command(
    "channels.outboundmail.note_refusal",
    on=OutboundMail,
    target="row",
    title=gettext_lazy("note a failed attempt"),
)
def note_refusal(*, actor: Actor, row: OutboundMail, code: int, said: str, of_address: bool = True) -> None:
    """Note why an attempt failed; what is refused for good or too often is given up."""
    row.remark = plain(f"{code} {said}")[:500]
    for_good = 500 <= code < 600
    if for_good or row.attempts >= MOST_ATTEMPTS:
        row.state, row.due_at = Departure.FAILED, None
    if for_good and of_address:
        mark_failing(row.address, str(code), plain(said))
    row.save(update_fields=("state", "due_at", "remark"))


@command("channels.outboundmail.send_again", on=OutboundMail, target="row")
def send_again(*, actor: Actor, row: OutboundMail) -> OutboundMail:
    """Send a mail that failed, came back or was withheld, after all."""
    if row.state in (Departure.QUEUED, Departure.SENT):
        raise Untimely(_("This mail waits to be sent or has left already."))
    row.state, row.attempts, row.due_at, row.remark = Departure.QUEUED, 0, timezone.now(), ""
    row.save(update_fields=("state", "attempts", "due_at", "remark"))
    queue_job("channels.send", mail_id=row.pk)
    return row
