"""Files on their way: begun, gone on with, attached when they are whole, forgotten when nobody goes on."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import OperationalError, models, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.attachments.commands import attach
from meridian.engine.attachments.models import Upload
from meridian.engine.attachments.rules import safe_name
from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.pages.rows import may_do
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource, resources

# So long an upload waits for its next piece; so many bytes one person may have on their way at once.
WAITS_FOR = timedelta(hours=48)
MOST_UNFINISHED_BYTES = 100_000_000
PIECE_BYTES = 1_000_000
KEY = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Elsewhere(Exception):
    """A piece that does not begin where the upload stands, or is longer than what is missing."""


class Held(Exception):
    """Another request writes to this upload just now."""


def place_of(upload: Upload) -> Path:
    """Where the bytes that have arrived lie."""
    return Path(settings.MEDIA_ROOT) / "arriving" / upload.pk.hex


def begin(actor: Actor, row: models.Model, name: str, size: int, *, is_internal: bool) -> Upload:
    """Make room for a file of the actor beside a row that they may attach to."""
    if size == 0:
        raise Refusal(_("The file is empty: choose another."), "file")
    account = _account_of(actor)
    mine = Upload.objects.filter(account=account, received_bytes__lt=F("size_bytes"))
    under_way = mine.filter(expires_at__gt=timezone.now()).aggregate(bytes=Sum("size_bytes"))["bytes"] or 0
    if under_way + size > MOST_UNFINISHED_BYTES:
        raise Refusal(_("You have many files on their way already: let some of them arrive first."), "file")
    return Upload.objects.create(
        id=uuid4(),
        resource=row._meta.label_lower,
        row_id=row.pk,
        account=account,
        name=safe_name(name),
        is_internal=is_internal,
        size_bytes=size,
        expires_at=timezone.now() + WAITS_FOR,
    )


def _account_of(actor: Actor) -> int:
    if actor.account_id is None:
        raise Unpermitted(_("Sign in to send files."))
    return actor.account_id


def upload_of(actor: Actor, key: str) -> Upload:
    """The upload, for whoever began it and may still attach to its row."""
    if not KEY.fullmatch(key):
        raise Unseen(_("There is no such upload: it has ended, or is not yours."))
    mine = Upload.objects.filter(pk=key, account=_account_of(actor), expires_at__gt=timezone.now())
    found = mine.first()
    if found is None:
        raise Unseen(_("There is no such upload: it has ended, or is not yours."))
    _row_for(actor, found)
    return found


def with_files(label: str) -> type[Resource]:
    """The resource of this name, whose rows have files."""
    for resource in resources():
        if resource.model._meta.label_lower == label and "attachments" in resource.abilities:
            return resource
    raise Unseen(_("Rows of this kind have no files."))


def _row_for(actor: Actor, upload: Upload) -> models.Model:
    resource = with_files(upload.resource)
    row = resource.model._base_manager.filter(pk=upload.row_id).first()
    if row is None or not may_do(resource, actor, "attach", row):
        raise Unpermitted(_("You may not attach files to this row any more."))
    return row


def go_on(actor: Actor, upload: Upload, offset: int, piece: bytes) -> Upload:
    """Write the next piece, and attach the file when it was the last.

    The row says how far the upload is: what was written beyond it when a server was killed is written anew.
    """
    try:
        with transaction.atomic():
            held = Upload.objects.select_for_update(nowait=True).get(pk=upload.pk)
            if offset != held.received_bytes or offset + len(piece) > held.size_bytes:
                raise Elsewhere
            _write(held, piece)
            held.received_bytes += len(piece)
            held.expires_at = timezone.now() + WAITS_FOR
            held.save(update_fields=("received_bytes", "expires_at"))
            if held.received_bytes == held.size_bytes and piece:
                row = _row_for(actor, held)
                given: dict[str, Any] = {"row": row, "name": held.name, "is_internal": held.is_internal}
                attach(actor=actor, pieces=_pieces(held), **given)
    except OperationalError as fault:
        raise Held from fault
    if held.received_bytes == held.size_bytes:
        place_of(held).unlink(missing_ok=True)
    return held


def _write(upload: Upload, piece: bytes) -> None:
    place = place_of(upload)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("r+b" if place.exists() else "w+b") as stream:
        stream.truncate(upload.received_bytes)
        stream.seek(upload.received_bytes)
        stream.write(piece)


def _pieces(upload: Upload) -> Iterator[bytes]:
    with place_of(upload).open("rb") as stream:
        while piece := stream.read(PIECE_BYTES):
            yield piece


def forget_ended() -> int:
    """Forget the uploads with which nobody went on in time, and what is left of them; how many."""
    ended = list(Upload.objects.filter(expires_at__lte=timezone.now()))
    for upload in ended:
        with suppress(FileNotFoundError):
            place_of(upload).unlink()
    Upload.objects.filter(pk__in=[upload.pk for upload in ended]).delete()
    return len(ended)
