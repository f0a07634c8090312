"""Time that the demo organisation's agents have written down."""

from datetime import timedelta

from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.policies import Actor
from meridian.work.effort.models import TimeEntry
from meridian.work.servicedesk.facade import WorkItem

MOST = 600
MINUTES = (10, 15, 20, 25, 30, 45, 60, 90, 120)


def spend_time(actor: Actor) -> None:
    """Some entries on the newest items that somebody has, once."""
    if TimeEntry.objects.exists():
        return
    items = WorkItem.objects.exclude(assignee=None).order_by("-updated_at", "-pk")[:MOST]
    today = timezone.localdate()
    entries = [
        TimeEntry(
            item_id=item.pk,
            person=item.assignee,
            team_id=item.team_id,
            worked_on=min(item.updated_at.date(), today) - timedelta(days=item.pk % 3),
            minutes=MINUTES[item.pk % len(MINUTES)],
        )
        for item in items.select_related("assignee")
    ]
    with trail.entry("effort.spend_time", actor):
        TimeEntry.objects.bulk_create(entries)
