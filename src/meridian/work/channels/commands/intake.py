"""Taking a mail in: once, with its bytes, and with one answer to what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.attachments.commands import attach
from meridian.engine.attachments.rules import MOST_BYTES
from meridian.engine.commands import Refusal, command
from meridian.engine.mail_reading.markup import harmless
from meridian.engine.mail_reading.quotes import parted
from meridian.engine.mail_reading.reading import Mail, Unreadable, fingerprint_of, read, read_head
from meridian.engine.mailed_links.answering import Mailed, without_links
from meridian.engine.policies import Actor
from meridian.work.channels.commands.delivery import note_report
from meridian.work.channels.commands.pressing import is_from_holder, press
from meridian.work.channels.commands.speaking import speak
from meridian.work.channels.commands.writing import acknowledge, answer_refusal, forgive_address
from meridian.work.channels.contracts import Arrival, Automatic, Why
from meridian.work.channels.models import InboundMail, Mailbox
from meridian.work.channels.queries.asked import asked_by
from meridian.work.channels.queries.senders import own_addresses, person_of, repeats, writes_too_often
from meridian.work.channels.queries.threads import is_reopened_too_often, item_answered, part_of, thread_of
from meridian.work.channels.rules.automatic import class_of
from meridian.work.channels.rules.threads import answer_in
from meridian.work.channels.rules.trust import is_forged

RAW_NAME = "mail.eml"
PIECE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a mail before anybody acts on it."""

    state: str
    why: str = ""
    remark: str = ""


GOES_ON = Verdict(Arrival.TAKEN)
FAULTS: dict[str, tuple[Why, Promise]] = {
    "size": (Why.TOO_LARGE, gettext_lazy("More than 25 MB: the mail itself stays in the mailbox.")),
    "nesting": (Why.UNREADABLE, gettext_lazy("Parts within parts without end.")),
    "parts": (Why.UNREADABLE, gettext_lazy("More than 300 parts.")),
}
# What is said at once to a sender whose mail waits, where they can do something about it.
ANSWERED: dict[Why, Promise] = {
    Why.TOO_LARGE: gettext_lazy(
        "Your mail is larger than 25 MB and was not read. Write again without the files and add them on the "
        "page of your request."
    ),
    Why.UNREADABLE: gettext_lazy("Your mail could not be read. Write again as plain text."),
    Why.REOPENED: gettext_lazy(
        "This was reopened several times within an hour. Somebody of the desk will look at your mail."
    ),
}


@command("channels.inboundmail.take_in", on=InboundMail, title=gettext_lazy("take in a mail"))
def take_in(*, actor: Actor, mailbox: Mailbox, raw: bytes, size_bytes: int | None = None) -> InboundMail:
    """Take a mail in. One that was taken in before, whatever way it came again, is given back as it is.

    Of one that is too large `raw` may be the head alone: `size_bytes` says how large it is.
    """
    size = len(raw) if size_bytes is None else size_bytes
    known = InboundMail.objects.filter(fingerprint=fingerprint_of(raw)).first()
    if known is not None:
        return known
    mail, fault = _read(raw, size)
    row = _row(mailbox, mail, size, own_addresses())
    asked = None if row.automatic != Automatic.NONE else asked_by(mail)
    verdict = _judged(row, mail, fault, asked)
    row.state, row.why, row.remark = verdict.state, verdict.why, verdict.remark
    row.save()
    if size <= MOST_BYTES:
        attach(actor=actor, row=row, name=RAW_NAME, pieces=_pieces(raw), is_internal=True)
    _follow(row, mail, asked)
    return row


@command("channels.inboundmail.set_aside", on=InboundMail, title=gettext_lazy("set a mail aside"))
def set_aside(*, actor: Actor, mailbox: Mailbox, raw: bytes, fault: str) -> InboundMail:
    """Keep the bytes of a mail on which intake itself failed, for a person to look at."""
    row = InboundMail(
        mailbox=mailbox,
        fingerprint=fingerprint_of(raw),
        size_bytes=len(raw),
        state=Arrival.WAITING,
        why=Why.UNREADABLE,
        remark=fault[:500],
    )
    row.save()
    attach(actor=actor, row=row, name=RAW_NAME, pieces=_pieces(raw), is_internal=True)
    return row


def _read(raw: bytes, size: int) -> tuple[Mail, str]:
    """The mail, and why only its head was read."""
    if size > MOST_BYTES:
        return read_head(raw), "size"
    try:
        return read(raw), ""
    except Unreadable as fault:
        return read_head(raw), str(fault)


def _follow(row: InboundMail, mail: Mail, asked: Mailed | None) -> None:
    """Do what follows from the verdict. What a machine sent moves nothing at the desk."""
    if row.automatic == Automatic.DELIVERY:
        note_report(mail, row)
    elif row.automatic != Automatic.NONE:
        row.item = item_answered(mail.answers)
        row.save(update_fields=("item",))
    elif row.state == Arrival.TAKEN:
        if asked is None or not press(row, asked):
            _act(row, mail)
        row.save()
    elif row.person is not None and row.why in ANSWERED:
        answer_refusal(row, ANSWERED[Why(row.why)])


def _act(row: InboundMail, mail: Mail) -> None:
    """Let the desk hear it; what the desk refuses waits for a person, with its sentence."""
    try:
        with transaction.atomic():
            opened = speak(row, mail.files)
    except Refusal as refusal:
        row.state, row.why, row.remark = Arrival.WAITING, Why.REFUSED, str(refusal)[:500]
    else:
        forgive_address(row.sender)
        if opened:
            acknowledge(row)


def _row(mailbox: Mailbox, mail: Mail, size: int, own: frozenset[str]) -> InboundMail:
    text = without_links(mail.text)
    said = parted(text).said
    return InboundMail(
        mailbox=mailbox,
        fingerprint=mail.fingerprint,
        message_id=mail.message_id,
        answers=list(mail.answers)[-50:],
        sender=mail.sender[:254],
        sender_name=mail.sender_name,
        person=person_of(mail.sender),
        subject=mail.subject[:300],
        said=said,
        text=text,
        html=harmless(without_links(mail.html)) if mail.html else "",
        size_bytes=size,
        sent_at=mail.sent_at,
        automatic=class_of(mail, own),
    )


def _judged(row: InboundMail, mail: Mail, fault: str, asked: Mailed | None) -> Verdict:
    """Whether the house may act on a mail, in the order of what is dearest to get wrong."""
    now = timezone.now()
    if row.automatic != Automatic.NONE:
        return Verdict(Arrival.KEPT)
    if fault:
        return _waits(*FAULTS[fault])
    if mail.message_id and InboundMail.objects.filter(message_id=mail.message_id, sender=row.sender).exists():
        return _waits(Why.SAME_NAME)
    if is_forged(mail.message, row.mailbox.verifier):
        return _waits(Why.FORGED)
    if row.person is None:
        return _waits(Why.UNKNOWN)
    if row.person.left_on is not None and row.person.left_on <= now.date():
        return _waits(Why.LEFT)
    if asked is not None and not is_from_holder(row, asked):
        return _waits(Why.STRANGER)
    # Who decides on two things a day, or says yes to two solutions, says the same words twice.
    is_an_answer = asked is not None or answer_in(row.said)[0] is not None
    if not is_an_answer and repeats(row.sender, row.said, now):
        row.automatic = Automatic.REPLY
        return Verdict(Arrival.KEPT, remark=_("The same words came from this address within a day."))
    if writes_too_often(row.sender, now):
        return _waits(Why.TOO_MANY)
    return _judged_by_thread(row, mail)


def _judged_by_thread(row: InboundMail, mail: Mail) -> Verdict:
    thread = thread_of(mail)
    if thread is None or row.person is None:
        return GOES_ON
    part = part_of(row.person.pk, thread.item)
    row.item = thread.item
    if not (part.asks or part.follows):
        return _waits(Why.STRANGER)
    wants_more = part.asks and answer_in(row.said)[0] is False
    if wants_more and is_reopened_too_often(thread.item, timezone.now()):
        return _waits(Why.REOPENED)
    return GOES_ON


def _waits(why: Why, remark: str | Promise = "") -> Verdict:
    return Verdict(Arrival.WAITING, why, str(remark))


def _pieces(raw: bytes) -> Iterator[bytes]:
    for start in range(0, len(raw), PIECE_BYTES):
        yield raw[start : start + PIECE_BYTES]
