"""A corrected calendar: noticed by what it said when clocks were last counted by it, and followed."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.registers.calendars.facade import digests, forget_working_times
from meridian.work.service_levels.commands.counting import recount_by_calendars
from meridian.work.service_levels.models import CountedBy
from meridian.work.service_levels.queries.book import forget_book

Calendar = reference("calendars.Calendar")
REASON = "A calendar was corrected"


def follow_corrections(*, actor: Actor) -> int:
    """Count anew by the calendars that say otherwise than before, what has ended too; how many changed."""
    said = digests()
    known = dict(CountedBy.objects.values_list("calendar", "digest"))
    corrected = [key for key, digest in said.items() if key in known and known[key] != digest]
    changed = 0
    if corrected:
        forget_working_times()
        forget_book()
        changed = recount_by_calendars(actor=actor, calendars=corrected, reason=REASON)
    if any(known.get(key) != digest for key, digest in said.items()):
        note_calendars(actor=actor, said=said)
    return changed


@command("service_levels.countedby.note", on=CountedBy, title=_("note what calendars say"))
def note_calendars(*, actor: Actor, said: dict[int, str]) -> None:
    """Keep what calendars say now, so that a later correction is noticed."""
    known = {row.calendar_id: row for row in CountedBy.objects.select_for_update().order_by("pk")}
    CountedBy.objects.bulk_create(
        CountedBy(calendar_id=key, digest=digest) for key, digest in said.items() if key not in known
    )
    for key, row in known.items():
        if said.get(key, row.digest) != row.digest:
            row.digest = said[key]
            row.save(update_fields=("digest",))
