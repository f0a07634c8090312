"""Writing down, correcting and taking back time spent."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, clean_row, command, standard_command
from meridian.engine.policies import Actor
from meridian.work.effort.models import DAY_MINUTES, TimeEntry
from meridian.work.effort.queries import minutes_on
from meridian.work.servicedesk.facade import WorkItem

remove_time = standard_command(TimeEntry, "remove")


@command("effort.timeentry.add", on=TimeEntry)
def add_time(
    *, actor: Actor, item: WorkItem, minutes: int, worked_on: date | None = None, note: str = ""
) -> TimeEntry:
    """Write down minutes that one has spent on an item; without a day, today."""
    if actor.person_id is None:
        raise Refusal(_("Only a person spends time on an item."))
    day = worked_on or timezone.localdate()
    entry = TimeEntry(item=item, worked_on=day, minutes=minutes, note=note)
    entry.person_id, entry.team_id = actor.person_id, item.team_id
    return _kept(entry)


@command("effort.timeentry.change", on=TimeEntry, target="row")
def change_time(
    *,
    actor: Actor,
    row: TimeEntry,
    item: WorkItem | None = None,
    minutes: int | None = None,
    worked_on: date | None = None,
    note: str | None = None,
) -> TimeEntry:
    """Correct what was written down, one's own time or, as a lead, that of others; also on which item."""
    if item is not None and item.pk != row.item_id:
        row.item, row.team_id = item, item.team_id
    row.minutes = row.minutes if minutes is None else minutes
    row.worked_on = worked_on or row.worked_on
    row.note = row.note if note is None else note
    return _kept(row)


def _kept(entry: TimeEntry) -> TimeEntry:
    # Who works east of the clock of the house may write of a day that has just begun there.
    if (entry.worked_on - timezone.now().date()).days > 1:
        raise Refusal(_("This day is still to come."), "worked_on")
    clean_row(entry)
    already = minutes_on(entry.person_id, entry.worked_on, besides=entry.pk)
    if already + entry.minutes > DAY_MINUTES:
        left = DAY_MINUTES - already
        raise Refusal(_("A day has 1440 minutes: %(left)s of that one are left.") % {"left": left}, "minutes")
    entry.save()
    return entry
