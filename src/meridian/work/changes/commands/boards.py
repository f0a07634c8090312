"""Boards meet: an agenda before, minutes after."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.policies import Actor
from meridian.work.changes.commands.log import said
from meridian.work.changes.models import AgendaItem, Change, Meeting
from meridian.work.changes.rules import ASSESS, AUTHORISE


@command("changes.meeting.keep_minutes", on=Meeting, target="row")
def keep_minutes(*, actor: Actor, row: Meeting, minutes: str, present: int) -> Meeting:
    """Keep what a meeting said, and how many members were there: below the quorum it decides nothing."""
    if row.held_at is not None:
        raise Untimely(_("The minutes of this meeting are kept already."))
    if row.starts_at > timezone.now():
        raise Untimely(_("This meeting has not begun yet."))
    members = row.board.members.count()
    if not 0 <= present <= members:
        raise Refusal(_("The board has %(members)d members.") % {"members": members}, "present")
    if present < row.board.quorum:
        raise Refusal(
            _("%(present)d of %(quorum)d needed were there: without quorum a board decides nothing.")
            % {"present": present, "quorum": row.board.quorum},
            "present",
        )
    row.minutes = said(minutes, "minutes", _("Say what the meeting spoke of."))
    row.present, row.held_at = present, timezone.now()
    row.save(update_fields=("minutes", "present", "held_at"))
    return row


@command("changes.meeting.fill_agenda", on=Meeting, target="row")
def fill_agenda(*, actor: Actor, row: Meeting) -> Meeting:
    """Put every change that waits for assessment or this board on the agenda, each once."""
    if row.held_at is not None:
        raise Untimely(_("The minutes of this meeting are kept already."))
    waiting = Change.objects.filter(state__in=(ASSESS, AUTHORISE), kind=row.board.for_kind)
    known = set(row.agenda.values_list("change", flat=True))
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=row, change=change)
        for change in waiting.order_by("planned_from", "pk")
        if change.pk not in known
    )
    return row
