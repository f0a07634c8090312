"""Publishing and withdrawing what everybody should know."""

import json
from datetime import timedelta
from importlib import resources
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, command, standard_command, write_row
from meridian.engine.modules.work import queue_job
from meridian.engine.policies import Actor
from meridian.work.announcements.models import Announcement, Recipient

add_announcement = standard_command(Announcement, "add")
WORDS = ("subject", "text")


@command("announcements.announcement.change", on=Announcement, target="row")
def change_announcement(*, actor: Actor, row: Announcement, **fields: Any) -> Announcement:
    """Change an announcement; not its words once somebody has said that they have read them."""
    altered = [name for name in WORDS if name in fields and fields[name] != getattr(row, name)]
    if altered and row.recipients.filter(state=Recipient.State.ACKNOWLEDGED).exists():
        raise Refusal(
            _("Somebody has said that they have read these words: withdraw them and announce anew."),
            altered[0],
        )
    return write_row(row, fields)


@command("announcements.announcement.remove", on=Announcement, target="row")
def remove_announcement(*, actor: Actor, row: Announcement) -> None:
    """Throw a draft away; what was published stays on record."""
    if row.state != Announcement.State.DRAFT:
        raise Refusal(_("“%(row)s” was published and stays on record: withdraw it instead.") % {"row": row})
    row.delete()


@command("announcements.announcement.publish", on=Announcement, target="row")
def publish_announcement(*, actor: Actor, row: Announcement) -> Announcement:
    """Show it on the first page of everybody to whom it is addressed, from its beginning to its end."""
    if row.state == Announcement.State.PUBLISHED:
        raise Untimely(_("“%(row)s” is published already.") % {"row": row})
    if row.ends_at is not None and row.ends_at <= timezone.now():
        raise Refusal(_("“%(row)s” is over already: give it a later end first.") % {"row": row}, "ends_at")
    moved = _moved(row, Announcement.State.PUBLISHED)
    if row.is_acknowledged:
        queue_job("announcements.spread", announcement_id=row.pk)
    return moved


@command("announcements.announcement.withdraw", on=Announcement, target="row")
def withdraw_announcement(*, actor: Actor, row: Announcement) -> Announcement:
    """Show it to nobody any more; it stays on record and can be published again."""
    if row.state != Announcement.State.PUBLISHED:
        raise Untimely(_("“%(row)s” is not published.") % {"row": row})
    return _moved(row, Announcement.State.WITHDRAWN)


def _moved(row: Announcement, state: Announcement.State) -> Announcement:
    row.state = state
    row.save(update_fields=("state",))
    return row


def announce_demo(actor: Actor) -> None:
    """What the demo organisation tells its people, once."""
    text = (resources.files("meridian.work.announcements") / "data" / "demo.json").read_text(encoding="utf-8")
    for said in json.loads(text):
        if Announcement.objects.filter(code=said["code"]).exists():
            continue
        now = timezone.now()
        row = add_announcement(
            actor=actor,
            code=said["code"],
            subject=said["subject"],
            text=said["text"],
            starts_at=now,
            ends_at=now + timedelta(days=said["days"]),
        )
        publish_announcement(actor=actor, row=row)
