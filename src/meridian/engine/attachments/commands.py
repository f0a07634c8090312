"""Attaching and taking away."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.attachments.models import Attachment, StoredFile
from meridian.engine.attachments.rules import MOST_BYTES, safe_name, shown_type
from meridian.engine.attachments.storage import TooLarge, stored
from meridian.engine.commands import Refusal, clean_row, command, refuse_unpermitted
from meridian.engine.policies import Actor


def attach(
    *, actor: Actor, row: models.Model, name: str, pieces: Iterable[bytes], is_internal: bool = False
) -> Attachment:
    """Put a file beside a row. The type is taken from the name, never from the sender.

    A file that is refused, for whatever reason, leaves nothing on disk. An internal file is seen by
    those alone who keep the row.
    """
    refuse_unpermitted(_attach.facts, actor)  # type: ignore[attr-defined]
    try:
        with stored(pieces, MOST_BYTES) as (digest, size):
            return _attach(actor=actor, row=row, name=name, digest=digest, size=size, is_internal=is_internal)
    except TooLarge as fault:
        raise Refusal(_("The file is too large: at most 25 MB."), "file") from fault


@command("attachments.attachment.add", on=Attachment)
def _attach(
    *, actor: Actor, row: models.Model, name: str, digest: str, size: int, is_internal: bool
) -> Attachment:
    if size == 0:
        raise Refusal(_("The file is empty: choose another."), "file")
    file, _made = StoredFile.objects.get_or_create(digest=digest, defaults={"size_bytes": size})
    attachment = Attachment(
        resource=row._meta.label_lower,
        row_id=row.pk,
        file=file,
        name=safe_name(name),
        media_type=shown_type(name),
        attached_by=actor.label,
        attached_account=actor.account_id,
        is_internal=is_internal,
    )
    clean_row(attachment)
    attachment.save()
    return attachment


@command("attachments.attachment.remove", on=Attachment, target="row")
def detach(*, actor: Actor, row: Attachment) -> None:
    """Take a file away from its row; the bytes stay, for the trail names them."""
    row.delete()
