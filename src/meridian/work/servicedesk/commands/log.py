"""The log of the desk: what an event brings about beside what it says."""

from datetime import datetime

from meridian.engine.events import publish
from meridian.kernel.working_time import ALWAYS_OPEN
from meridian.registers.calendars.facade import working_time
from meridian.work.items.contracts.folding import Folded as ItemFolded
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.facade import Log, Relations
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.events import ItemDueMoved
from meridian.work.servicedesk.models import HoldReason, WorkEvent, WorkItem
from meridian.work.servicedesk.rules import ON_HOLD, OPEN, RESOLVED, Folded, due_after_hold

GOING_ON = (OPEN | {RESOLVED}) - {ON_HOLD}


class DeskLog(Log[WorkItem]):
    """A clock that stood goes on, and a promise that moved is told."""

    def prepared(self, item: WorkItem, happened: Happened) -> Happened:
        """An item that goes on after a hold which stopped its clock is due later by what it waited."""
        if item.state == ON_HOLD and happened.changes.get("state", ON_HOLD) in GOING_ON:
            return _with_clock_resumed(item, happened)
        return happened

    def told(self, item: WorkItem, before: ItemFolded, happened: Happened) -> None:
        """Others learn of it when an open item is due at another time."""
        assert isinstance(before, Folded)
        if before.due_at is not None and item.due_at != before.due_at and item.state in OPEN:
            moved = (before.due_at, item.due_at)
            publish(ItemDueMoved(item.pk, item.event_count, happened.person, happened.at, *moved))


LOG = DeskLog(WorkItem)
RELATIONS = Relations(LOG)
record = LOG.record


def _with_clock_resumed(item: WorkItem, happened: Happened) -> Happened:
    if item.hold_reason is None or not item.hold_reason.pauses_clock:
        return happened
    # An unmerged item goes on waiting: its hold began before the merge.
    holds = WorkEvent.objects.filter(item=item, data__state__1=ON_HOLD).exclude(type=EventType.UNMERGED)
    held_at = holds.order_by("-sequence").values_list("at", flat=True).first()
    if held_at is None:
        return happened
    ended_at = min(happened.at, item.hold_until or happened.at)
    schedule = working_time(item.team.calendar_id) if item.team else ALWAYS_OPEN
    due = due_after_hold(item.due_at, held_at, ended_at, schedule)
    return happened._replace(changes={**happened.changes, "due_at": due})


def pauses_of(item: WorkItem) -> list[tuple[datetime, datetime]]:
    """From when until when the item waited with a stopped clock, in order; a hold that lasts is none yet."""
    moves = WorkEvent.objects.filter(item=item, data__has_key="state").order_by("sequence")
    pausing = set(HoldReason.objects.filter(pauses_clock=True).values_list("pk", flat=True))
    pauses, hold = [], None
    for type, at, data in moves.values_list("type", "at", "data"):
        before, after = data["state"]
        if after == ON_HOLD and type != EventType.UNMERGED:
            hold = (at, data) if data.get("hold_reason", (None, None))[1] in pausing else None
        elif before == ON_HOLD and after in GOING_ON and hold is not None:
            held_at, (_before, until) = hold[0], hold[1].get("hold_until", (None, None))
            pauses.append((held_at, min(at, datetime.fromisoformat(until)) if until else at))
    return pauses
