"""Telling everybody, a thousand at a time, and reminding who has not answered."""

from meridian.engine.modules.work import queue_job
from meridian.engine.policies import system_actor
from meridian.work.announcements.commands import remind_recipients, spread_further
from meridian.work.announcements.models import Announcement
from meridian.work.announcements.queries import current

HOUSE = system_actor("Announcements")


def spread(announcement_id: int) -> None:
    """Tell the next, and come back for those after them: each batch is kept by itself."""
    if spread_further(HOUSE, announcement_id):
        queue_job("announcements.spread", announcement_id=announcement_id)


def remind(timestamp: int) -> None:
    """Remind of everything that is current; a publishing of which a crash kept the worker goes on."""
    for row in Announcement.objects.filter(current(), is_acknowledged=True):
        if row.told_at is None:
            queue_job("announcements.spread", announcement_id=row.pk)
        while remind_recipients(HOUSE, row):
            pass
