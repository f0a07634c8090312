"""Writing mails to those who asked and those who follow: in their language, in their thread, once each."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import command
from meridian.engine.mailed_links.issuing import Offered
from meridian.engine.modules.work import queue_job
from meridian.engine.notices.models import Way
from meridian.engine.notices.queries import ways_of
from meridian.engine.notices.words import in_words
from meridian.engine.policies import Actor
from meridian.engine.records.zones import zone_or_utc
from meridian.work.channels.contracts import Departure, Letter
from meridian.work.channels.models import FailingAddress, InboundMail, Mailbox, OutboundMail
from meridian.work.channels.models.references import Account, WorkItem
from meridian.work.channels.queries.senders import was_just_written_to
from meridian.work.channels.queries.threads import HOUSE
from meridian.work.channels.rules.threads import token_of

MOST_REFERENCES = 10
SENTENCES: dict[str, Promise] = {
    Letter.RECEIPT: gettext_lazy("The desk has your mail. It is now %(number)s."),
    Letter.OPENED: gettext_lazy("%(number)s was opened for you."),
    Letter.ANSWERED: gettext_lazy("The desk answers on %(number)s."),
    Letter.ASKED: gettext_lazy("The desk waits for your answer on %(number)s."),
    Letter.SOLVED: gettext_lazy("%(number)s is solved."),
    Letter.ENDED: gettext_lazy("%(number)s is closed."),
    Letter.PROMISED: gettext_lazy("%(number)s is now due %(due)s."),
    Letter.FOLLOWED: gettext_lazy("There is news on %(number)s, which you follow."),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written to one person; `occasion` names the happening, of which each hears once."""

    letter: Letter
    person: Any
    occasion: str
    item: WorkItem | None = None
    title: str = ""
    words: str = ""
    sentence: str | Promise = ""
    mailbox: Mailbox | None = None
    answers: Sequence[str] = ()
    withheld: str | Promise = ""
    offered: Offered | None = None


@command("channels.outboundmail.write", on=OutboundMail, title=gettext_lazy("write a mail"))
def write_mail(*, actor: Actor, draft: Draft) -> OutboundMail:
    """Write a mail, and let it leave soon; what can't or shouldn't leave is kept with the reason."""
    known = OutboundMail.objects.filter(occasion=draft.occasion).first()
    if known is not None:
        return known
    account = Account.objects.filter(person=draft.person, is_active=True).order_by("pk").first()
    mailbox = draft.mailbox or _mailbox_for(draft.item)
    language = account.language if account else draft.person.language
    zone = account.zone if account else ""
    address = draft.person.email
    with translation.override(language), timezone.override(zone_or_utc(zone)[0]):
        reason = _withheld(draft, account)
        row = OutboundMail(
            mailbox=mailbox,
            person=draft.person,
            item=draft.item,
            letter=draft.letter,
            occasion=draft.occasion,
            address=address,
            language=language,
            subject=_subject(draft),
            text=_text(draft, mailbox),
            message_id=_message_id(mailbox),
            answers=list(draft.answers) or _earlier(draft),
            offered=asdict(draft.offered) if draft.offered else None,
            state=Departure.WITHHELD if reason else Departure.QUEUED,
            remark=reason,
            due_at=None if reason else timezone.now(),
        )
    row.save()
    if not reason:
        queue_job("channels.send", mail_id=row.pk)
    return row


def _mailbox_for(item: WorkItem | None) -> Mailbox | None:
    """The address of the item's team, else the main one."""
    active = Mailbox.objects.filter(is_active=True)
    own = active.filter(team=item.team_id).order_by("pk").first() if item else None
    return own or active.filter(is_main=True).first()


def _withheld(draft: Draft, account: Any) -> str:
    """Why nothing leaves, in words for whoever is asked; empty when it does."""
    if draft.withheld:
        return str(draft.withheld)
    if draft.person.left_on is not None and draft.person.left_on <= timezone.now().date():
        return _("This person has left.")
    if not draft.person.email:
        return _("Nobody knows an address of this person.")
    failing = FailingAddress.objects.filter(address=draft.person.email.lower()).first()
    if failing is not None:
        return _("The address takes no mail: %(status)s %(said)s") % {
            "status": failing.status,
            "said": failing.said,
        }
    if draft.letter in (Letter.RECEIPT, Letter.REFUSED):
        if was_just_written_to(draft.person.email, timezone.now()):
            return _("A receipt left for this address a moment ago: this one might answer a machine.")
        return ""
    if account is None or _writes_by_mail(draft):
        return ""
    way = ways_of(f"notifications.{draft.letter}", [account.pk])[account.pk]
    return "" if way == Way.MAIL else _("This person chose to be told without mail.")


def _writes_by_mail(draft: Draft) -> bool:
    """Whoever asked by mail is answered by mail."""
    item = draft.item
    return item is not None and item.channel == "mail" and item.requester_id == draft.person.pk


def _subject(draft: Draft) -> str:
    if draft.item is None:
        return str(draft.title)[:300] or _("Your mail to the desk")
    return f"[{draft.item.number}] {draft.title}".strip()[:300]


def _text(draft: Draft, mailbox: Mailbox | None) -> str:
    item = draft.item
    sentence = draft.sentence or SENTENCES[draft.letter]
    due = item.due_at if item else ""
    context = {
        "sentence": in_words(sentence, number=item.number, due=due) if item else str(sentence),
        "words": draft.words,
        "letter": str(draft.letter),
        "may_answer": mailbox is not None and bool(mailbox.server) and item is not None,
        "url": settings.PUBLIC_ORIGIN + reverse("portal-follow", args=(item.number,)) if item else "",
        "token": token_of(settings.SECRET_KEY, item.number) if item else "",
    }
    return render_to_string("channels/letter.txt", context).strip() + "\n"


def _message_id(mailbox: Mailbox | None) -> str:
    address = mailbox.address if mailbox else settings.DEFAULT_FROM_EMAIL
    return f"{uuid.uuid4().hex}@{address.rpartition('@')[2]}"


def _earlier(draft: Draft) -> list[str]:
    """What the mail stands below in the reader's program: their mails on the item, and those they had."""
    if draft.item is None:
        return []
    left = OutboundMail.objects.filter(item=draft.item, person=draft.person).order_by("-pk")
    came = InboundMail.objects.filter(item=draft.item, person=draft.person).exclude(message_id="")
    found = [
        *((row.arrived_at, row.message_id) for row in came.order_by("-pk")[:MOST_REFERENCES]),
        *((row.queued_at, row.message_id) for row in left[:MOST_REFERENCES]),
    ]
    return [mark for _at, mark in sorted(found)][-MOST_REFERENCES:]


def acknowledge(row: InboundMail) -> None:
    """Say to whoever wrote that the desk has it; inside the command that took it in."""
    assert row.item is not None
    write_mail(
        actor=HOUSE,
        draft=Draft(
            Letter.RECEIPT,
            row.person,
            f"receipt.{row.pk}",
            item=row.item,
            title=row.item.title,
            mailbox=row.mailbox,
            answers=[row.message_id] if row.message_id else [],
        ),
    )


def answer_refusal(row: InboundMail, sentence: str | Promise) -> None:
    """Say to whoever wrote why nothing came of it; inside the command that took it in."""
    write_mail(
        actor=HOUSE,
        draft=Draft(
            Letter.REFUSED,
            row.person,
            f"refused.{row.pk}",
            title=row.subject,
            sentence=sentence,
            mailbox=row.mailbox,
            answers=[row.message_id] if row.message_id else [],
        ),
    )


def forgive_address(address: str) -> None:
    """Somebody writes from an address: it works again; inside a command."""
    FailingAddress.objects.filter(address=address.lower()).delete()


@command("channels.failingaddress.remove", on=FailingAddress, target="row")
def forgive(*, actor: Actor, row: FailingAddress) -> None:
    """Send to this address again: it works, as somebody found out."""
    row.delete()
