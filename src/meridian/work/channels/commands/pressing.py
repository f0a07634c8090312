"""Doing what a mail says that answers an offer: a decision, a score."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from meridian.engine.commands import Refusal
from meridian.engine.mailed_links.answering import Mailed, answer_mailed
from meridian.work.channels.commands.writing import Draft, write_mail
from meridian.work.channels.contracts import Arrival, Letter
from meridian.work.channels.models import InboundMail
from meridian.work.channels.queries.threads import HOUSE


def is_from_holder(row: InboundMail, mailed: Mailed) -> bool:
    """Whether whoever writes is whom the offer was mailed to."""
    if row.person is not None and row.person.pk == mailed.holder.person_id:
        return True
    return row.sender == mailed.address.lower()


def press(row: InboundMail, mailed: Mailed) -> bool:
    """Do what the mail says, and tell its sender what came of it; False where it says nothing of that kind
    and belongs to an item, on which it is heard as any other.

    What names no button of an offer without an item is kept, and its sender told how to answer.
    """
    try:
        with transaction.atomic():
            said = answer_mailed(mailed, row.said)
    except Refusal as refusal:
        _drop(row, str(refusal))
        return True
    if said is not None:
        _tell(row, Letter.RECEIPT, said)
    elif row.item is None:
        with override(mailed.holder.language):
            _drop(row, _("That is not understood: the first line has to be one of those in the mail."))
    return said is not None or row.item is None


def _drop(row: InboundMail, sentence: str) -> None:
    """Keep a mail by which nothing is done, and tell its sender why."""
    row.state = Arrival.DROPPED
    _tell(row, Letter.REFUSED, sentence)


def _tell(row: InboundMail, letter: Letter, sentence: str) -> None:
    row.remark = sentence[:500]
    if row.person is None:
        return
    draft = Draft(
        letter,
        row.person,
        f"pressed.{row.pk}",
        title=row.subject,
        sentence=sentence,
        mailbox=row.mailbox,
        answers=[row.message_id] if row.message_id else [],
    )
    write_mail(actor=HOUSE, draft=draft)
