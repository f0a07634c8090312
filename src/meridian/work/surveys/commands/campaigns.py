"""Campaigns: opened with a sample, closed for good."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Untimely, command
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.surveys.models import Campaign, Invitation
from meridian.work.surveys.rules.sampling import is_drawn

Person = reference("people.Person")
BATCH = 5_000


@command("surveys.campaign.open", on=Campaign, target="row")
def open_campaign(*, actor: Actor, row: Campaign) -> Campaign:
    """Draw the sample from everybody who works here, and begin to ask; the worker sends the questions."""
    if row.state != Campaign.State.DRAFT:
        raise Untimely(_("“%(row)s” was opened already.") % {"row": row})
    today = timezone.localdate()
    if row.ends_on <= today:
        raise Untimely(
            _("“%(row)s” would be over before it begins: give it a later end first.") % {"row": row}
        )
    people = Person.objects.filter(left_on=None).order_by("pk").values_list("pk", "number", "language")
    now, ends_at = timezone.now(), timezone.make_aware(datetime.combine(row.ends_on, time()))
    drawn = (
        Invitation(
            question_set_id=row.question_set_id,
            campaign=row,
            person_id=key,
            language=language,
            chance=row.chance,
            made_at=now,
            expires_at=ends_at,
        )
        for key, number, language in people.iterator(BATCH)
        if is_drawn(row.code, number, row.chance)
    )
    Invitation.objects.bulk_create(drawn, BATCH)
    row.state = Campaign.State.OPEN
    row.save()
    return row


@command("surveys.campaign.close", on=Campaign, target="row")
def close_campaign(*, actor: Actor, row: Campaign) -> Campaign:
    """Ask nobody more; what was answered is counted."""
    if row.state != Campaign.State.OPEN:
        raise Untimely(_("“%(row)s” is not open.") % {"row": row})
    now = timezone.now()
    Invitation.objects.filter(campaign=row, expires_at__gt=now).update(expires_at=now)
    row.state = Campaign.State.CLOSED
    row.save()
    return row
