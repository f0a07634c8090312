"""What a person decides of a mail that waits: on an item, something new, or nothing."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.attachments.models import Attachment
from meridian.engine.attachments.storage import path_of
from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.mail_reading.reading import File, Unreadable, read
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.channels.commands.speaking import put_on, speak_as_new
from meridian.work.channels.contracts import Arrival
from meridian.work.channels.models import InboundMail
from meridian.work.channels.models.references import Person, WorkItem


@command("channels.inboundmail.put_on", on=InboundMail, target="row")
def put_on_item(*, actor: Actor, row: InboundMail, item: WorkItem) -> InboundMail:
    """Put the mail on an item: as an answer where its sender asked for it, else as a note for the desk."""
    _refuse_decided(row)
    put_on(actor, row, item, files_of(row))
    return _decided(actor, row, Arrival.TAKEN)


@command("channels.inboundmail.open_new", on=InboundMail, target="row")
def open_new(*, actor: Actor, row: InboundMail, requester: Person | None = None) -> InboundMail:
    """Open an item from the mail, for its sender or for whoever is named."""
    _refuse_decided(row)
    asker = requester or row.person
    if asker is None:
        raise Refusal(_("Nobody has the address of the sender: choose for whom the item is."), "requester")
    row.person = asker
    speak_as_new(actor, row, files_of(row))
    return _decided(actor, row, Arrival.TAKEN)


@command("channels.inboundmail.drop", on=InboundMail, target="row")
def drop(*, actor: Actor, row: InboundMail, remark: str) -> InboundMail:
    """Do nothing with the mail; it is kept, with the reason."""
    _refuse_decided(row)
    if not can_be_seen(remark):
        raise Refusal(_("Say why nothing is done with it."), "remark")
    row.remark = remark[:500]
    return _decided(actor, row, Arrival.DROPPED)


def _refuse_decided(row: InboundMail) -> None:
    if row.state != Arrival.WAITING:
        raise Untimely(_("Somebody has decided on this mail already."))


def _decided(actor: Actor, row: InboundMail, state: Arrival) -> InboundMail:
    row.state, row.decided_at = state, timezone.now()
    row.decided_by = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
    row.save()
    return row


def files_of(row: InboundMail) -> tuple[File, ...]:
    """The files of a mail, read anew from its bytes; none where it is not to be read."""
    kept = (
        Attachment.objects.filter(resource=row._meta.label_lower, row_id=row.pk)
        .select_related("file")
        .first()
    )
    if kept is None:
        return ()
    try:
        return read(path_of(kept.file.digest).read_bytes()).files
    except Unreadable:
        return ()
