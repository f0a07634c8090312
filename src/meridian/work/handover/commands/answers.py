"""Item by item: written, offered, accepted, returned, taken off; and the alarm when nobody accepts."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, clean_row, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor, Grant
from meridian.kernel.words import can_be_seen
from meridian.work.handover.commands.sheets import OPEN, State, offer, refuse_others, require_open, settle
from meridian.work.handover.events import ItemAccepted, ItemReturned, ItemUnaccepted
from meridian.work.handover.models import Custody, SheetItem
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.contracts import State as ItemState
from meridian.work.servicedesk.facade import Membership, Person, WorkItem
from meridian.work.shifts.facade import Hub


@command("handover.sheetitem.change", on=SheetItem, target="row")
def write_item(*, actor: Actor, row: SheetItem, **fields: Any) -> SheetItem:
    """Write down what the next hub must know, as long as they have not accepted."""
    require_open(row.sheet)
    if row.state in (State.ACCEPTED, State.DROPPED):
        raise Untimely(
            _("This is %(state)s: what was handed over stands.") % {"state": row.get_state_display()}
        )
    return _written(row, fields)


@command("handover.sheetitem.offer", on=SheetItem, target="row")
def offer_item(*, actor: Actor, row: SheetItem) -> SheetItem:
    """Offer the item: it stays in your hands until they accept it."""
    require_open(row.sheet)
    if row.state not in OPEN:
        raise Untimely(_("This is %(state)s already.") % {"state": row.get_state_display()})
    if not row.item.is_open:
        raise Untimely(_("This item has ended meanwhile: there is nothing to hand over."))
    for name in ("summary", "next_action"):
        if not can_be_seen(getattr(row, name)):
            raise Refusal(
                _("Say what it is about and what is to be done next: they begin with these words."), name
            )
    refuse_others(row)
    offer(row, actor)
    settle(row.sheet)
    return row


@command("handover.sheetitem.accept", on=SheetItem, target="row")
def accept_item(*, actor: Actor, row: SheetItem) -> SheetItem:
    """Take the item into your hub's hands: from this moment it is yours."""
    _require_offered(row)
    refuse_others(row)
    row.state, row.answered_at, row.answered_by_id = State.ACCEPTED, timezone.now(), actor.person_id
    row.save()
    hub, sheet = row.sheet.to_hub, row.sheet
    take_into(row.item, hub, row.answered_at)
    _move(actor, row.item, hub, {sheet.from_hub.team_id})
    settle(sheet)
    offered_at = row.offered_at or row.answered_at
    publish(
        ItemAccepted(
            row.item_id, row.pk, sheet.from_hub_id, hub.pk, actor.person_id, offered_at, row.answered_at
        )
    )
    return row


@command("handover.sheetitem.give_back", on=SheetItem, target="row")
def return_item(*, actor: Actor, row: SheetItem, answer: str) -> SheetItem:
    """Return the item with a reason: it stays with the hub that offered it."""
    _require_offered(row)
    if not can_be_seen(answer):
        raise Refusal(_("Say why: they read it and offer it again, or keep it."), "answer")
    row.state, row.answered_at, row.answered_by_id = State.RETURNED, timezone.now(), actor.person_id
    row.answer = answer
    clean_row(row)
    row.save()
    settle(row.sheet)
    sheet = row.sheet
    publish(
        ItemReturned(
            row.item_id,
            row.pk,
            sheet.from_hub_id,
            sheet.to_hub_id,
            actor.person_id,
            row.answered_at,
            answer,
        )
    )
    return row


@command("handover.sheetitem.drop", on=SheetItem, target="row")
def drop_item(*, actor: Actor, row: SheetItem, answer: str) -> SheetItem:
    """Take the item off the sheet with a reason: it stays with your hub, also when it was offered."""
    if row.state in (State.ACCEPTED, State.DROPPED):
        raise Untimely(_("This is %(state)s already.") % {"state": row.get_state_display()})
    if not can_be_seen(answer):
        raise Refusal(_("Say why it stays with you."), "answer")
    row.state, row.answer = State.DROPPED, answer
    clean_row(row)
    row.save()
    settle(row.sheet)
    return row


@command(
    "handover.sheetitem.note_alarm",
    on=SheetItem,
    target="row",
    title=gettext_lazy("note that nobody accepts"),
)
def note_alarm(*, actor: Actor, row: SheetItem) -> SheetItem:
    """Note that nobody has accepted the item in time; the incoming lead hears of it, once an offer."""
    row.told_at = timezone.now()
    row.save(update_fields=("told_at",))
    publish(ItemUnaccepted(row.item_id, row.pk, row.sheet.to_hub_id, row.told_at))
    return row


@command("handover.custody.follow", on=Custody, title=gettext_lazy("note in whose hands an item is"))
def follow_item(*, actor: Actor, item: WorkItem, goes_on: bool = False) -> Custody | None:
    """Note the first hub to whose desk an item comes; one that goes on after a wait comes to the desk of
    the hub that has it by now."""
    known = Custody.objects.select_related("hub").filter(item=item).first()
    of_team = Hub.objects.filter(team=item.team_id, is_active=True).first() if item.team_id else None
    if known is None:
        return None if of_team is None else take_into(item, of_team, timezone.now())
    if goes_on and of_team is not None and of_team != known.hub:
        _move(actor, item, known.hub, {of_team.team_id})
    return known


def take_into(item: WorkItem, hub: Hub, at: datetime) -> Custody:
    """Put an item into the hands of a hub."""
    custody = Custody.objects.filter(item=item).first() or Custody(item=item)
    custody.hub, custody.since_at = hub, at
    custody.save()
    return custody


def _move(actor: Actor, item: WorkItem, hub: Hub, teams: set[int]) -> None:
    """Bring what lay at the other hub's desk to this one's, in the queue of those who are awake.

    What waits keeps waiting and comes when it goes on; what a group behind the desks works on stays there.
    """
    if item.team_id not in teams or not item.is_open or item.state == ItemState.ON_HOLD:
        return
    person = None
    if actor.person_id and Membership.objects.filter(team=hub.team_id, person=actor.person_id).exists():
        person = Person.objects.get(pk=actor.person_id)
    # Accepting is the right to have it: no role at the other hub's unit is asked for.
    carrier = replace(actor, grants=(Grant(frozenset({"servicedesk.workitem.assign"})),), scopes=None)
    desk.assign(actor=carrier, item=item, team=hub.team, assignee=person)


def _require_offered(row: SheetItem) -> None:
    if row.state != State.OFFERED:
        raise Untimely(
            _("This is %(state)s: only what is offered is answered.") % {"state": row.get_state_display()}
        )
    if not row.item.is_open:
        raise Untimely(_("This item has ended meanwhile: there is nothing to hand over."))


def _written(row: SheetItem, fields: dict[str, Any]) -> SheetItem:
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row
