"""Telling everybody to whom an announcement is addressed, once each, and hearing that they have read it."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.audit import trail
from meridian.engine.commands import Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.work.announcements.events import RecipientsReminded, RecipientsTold
from meridian.work.announcements.models import Announcement, Recipient
from meridian.work.announcements.queries import accounts_addressed

# So many are told in one transaction: what is killed goes on where the last one ended.
BATCH = 1_000
REMIND_AFTER = timedelta(days=3)
MOST_REMINDERS = 3


def spread_further(actor: Actor, announcement_id: int) -> bool:
    """Tell the next thousand; whether there may be more. Of a batch the trail keeps count and digest."""
    with trail.bulk_load("announcements.announcement.spread", actor):
        return _spread(actor=actor, row=Announcement.objects.get(pk=announcement_id))


@command(
    "announcements.announcement.spread",
    on=Announcement,
    target="row",
    title=gettext_lazy("note for whom it is"),
)
def _spread(*, actor: Actor, row: Announcement) -> bool:
    """Make recipients of those who come next."""
    if row.state != Announcement.State.PUBLISHED or not row.is_acknowledged:
        return False
    found, now = accounts_addressed(row, row.told_until, BATCH), timezone.now()
    if not found:
        row.told_at = row.told_at or now
        row.save(update_fields=("told_at",))
        return False
    Recipient.objects.bulk_create(
        (Recipient(announcement=row, account_id=account, told_at=now) for account in found),
        ignore_conflicts=True,
    )
    row.told_until = found[-1]
    row.save(update_fields=("told_until",))
    publish(RecipientsTold(row.pk, found[0], found[-1]))
    return True


@command("announcements.recipient.acknowledge", on=Recipient, target="row")
def acknowledge(*, actor: Actor, row: Recipient) -> Recipient:
    """Say that one has read it; nobody says so for another."""
    if row.account_id != actor.account_id:
        raise Untimely(_("Each says for themself that they have read it."))
    if row.state == Recipient.State.ACKNOWLEDGED:
        raise Untimely(_("You have said so already."))
    row.state, row.acknowledged_at = Recipient.State.ACKNOWLEDGED, timezone.now()
    row.channel = trail.channel()
    row.save()
    return row


def remind_recipients(actor: Actor, row: Announcement) -> bool:
    """Remind the next thousand who have not acknowledged for three days; whether there may be more."""
    with trail.bulk_load("announcements.announcement.remind", actor):
        return _remind(actor=actor, row=row)


@command(
    "announcements.announcement.remind",
    on=Announcement,
    target="row",
    title=gettext_lazy("remind who has not acknowledged"),
)
def _remind(*, actor: Actor, row: Announcement) -> bool:
    """Note whom to remind, three times each at most."""
    now = timezone.now()
    waiting = Recipient.objects.filter(
        announcement=row, state=Recipient.State.WAITING, reminder_count__lt=MOST_REMINDERS
    )
    quiet = waiting.annotate(last=Coalesce("reminded_at", "told_at")).filter(last__lte=now - REMIND_AFTER)
    keys = list(quiet.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not keys:
        return False
    Recipient.objects.filter(pk__in=keys).update(reminded_at=now, reminder_count=F("reminder_count") + 1)
    publish(RecipientsReminded(row.pk, now, keys[0], keys[-1]))
    return True
