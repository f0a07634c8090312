"""What a mail says at the desk: something new, an answer, yes or no to a solution, or a note."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.attachments.commands import attach
from meridian.engine.commands import Refusal
from meridian.engine.figures import number_text
from meridian.engine.mail_reading.reading import File
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.channels.commands.acting import writer
from meridian.work.channels.models import InboundMail
from meridian.work.channels.models.references import WorkItem
from meridian.work.channels.queries.threads import part_of
from meridian.work.channels.rules.threads import answer_in, bare
from meridian.work.items.facade import MOST_CHARACTERS
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.contracts import Channel

TITLE_LETTERS = 200
SOLVED, ENDED_WITH_SOLUTION = "resolved", ("resolved", "closed")


def speak(row: InboundMail, files: Iterable[File]) -> bool:
    """Let the desk hear a mail in its sender's name; whether something new was opened.

    An answer to a solution confirms it by a first line that says yes, and reopens by one that says no.
    Whoever only follows an item or works on it writes to the desk alone: a mail proves too little of who
    sent it to be said to others in the desk's name.
    """
    assert row.person is not None
    actor, before = writer(row.person), row.item
    if before is None:
        item = _opened(actor, row)
    elif part_of(row.person.pk, before).asks:
        item = _answered(actor, row, before)
    else:
        item = desk.note(actor=actor, item=before, text=_bounded(row.said), language=row.person.language)
    row.item = item
    _with_files(actor, row, item, files)
    return before is None or item.pk != before.pk


def _opened(actor: Actor, row: InboundMail) -> WorkItem:
    assert row.person is not None
    return desk.add_item(
        actor=actor,
        requester=row.person,
        title=title_of(row),
        text=_bounded(row.said),
        channel=Channel.MAIL,
        language=row.person.language,
        team=row.mailbox.team,
    )


def _answered(actor: Actor, row: InboundMail, item: WorkItem) -> WorkItem:
    given: dict[str, Any] = {"actor": actor, "item": item, "language": item.language}
    solved, words = answer_in(row.said)
    text = _bounded(words or row.said)
    if item.state == SOLVED and solved:
        return desk.confirm(**given, text=_bounded(words))
    if item.state in ENDED_WITH_SOLUTION and solved is False and item.merged_into_id is None:
        return desk.reopen(**given, text=text)
    if item.state == "cancelled":
        return _opened_beside(actor, row, item)
    return desk.reply(**given, text=_bounded(row.said) or _("(without words)"))


def _opened_beside(actor: Actor, row: InboundMail, item: WorkItem) -> WorkItem:
    """What was cancelled takes no answer: what is said begins something new, linked to it."""
    successor = _opened(actor, row)
    desk.link(actor=actor, item=successor, other=item, type=desk.Link.Type.RELATED)
    return successor


def speak_as_new(actor: Actor, row: InboundMail, files: Iterable[File]) -> None:
    """Open an item from a mail, as somebody of the desk decided."""
    row.item = _opened(actor, row)
    _with_files(actor, row, row.item, files)


def put_on(actor: Actor, row: InboundMail, item: WorkItem, files: Iterable[File]) -> None:
    """Put a mail on an item, as somebody of the desk decided."""
    if row.person is not None and part_of(row.person.pk, item).asks:
        row.item = _answered(writer(row.person), row, item)
    else:
        sender = f"{row.sender_name} <{row.sender}>".strip()
        text = f"{_('Mail from %(sender)s:') % {'sender': sender}}\n\n{row.said}"
        row.item = desk.note(actor=actor, item=item, text=_bounded(text), language=row.mailbox.language)
    _with_files(actor, row, row.item, files)


def title_of(row: InboundMail) -> str:
    """The subject without what programs put before it, else the first words."""
    first = next((line.strip() for line in row.said.split("\n") if line.strip()), "")
    named = next((words for words in (bare(row.subject), first) if can_be_seen(words)), "")
    return (named or _("Mail without a subject"))[:TITLE_LETTERS]


def _bounded(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    cut = _("… The mail is longer: the whole stands among the mails of this item.")
    return f"{text[: MOST_CHARACTERS - len(cut) - 2]}\n\n{cut}"


def _with_files(actor: Actor, row: InboundMail, item: WorkItem, files: Iterable[File]) -> None:
    """Put the files beside the item; what can't be kept is said on the mail."""
    refused = []
    for file in files:
        try:
            attach(actor=actor, row=item, name=file.name, pieces=[file.content])
        except Refusal as refusal:
            refused.append(f"{file.name}: {refusal.beside(())}")
    if refused:
        count = ngettext("%(count)s file was not kept.", "%(count)s files were not kept.", len(refused))
        said = [count % {"count": number_text(len(refused))}, *refused]
        row.remark = " ".join(said)[:500]
