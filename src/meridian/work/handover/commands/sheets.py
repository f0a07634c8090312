"""Sheets: begun, chosen for, offered, closed."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, clean_row, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.work.handover.contracts import Why
from meridian.work.handover.events import ItemOffered
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.handover.queries.hands import hands_of, reasons_of
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.shifts.facade import Hub, hubs_at

State = SheetItem.State
OPEN = (State.SELECTED, State.RETURNED)


@command("handover.sheet.begin", on=Sheet)
def begin_sheet(
    *,
    actor: Actor,
    from_hub: Hub,
    to_hub: Hub | None = None,
    due_at: datetime | None = None,
    note: str = "",
) -> Sheet:
    """Begin the sheet of a hub; what must go along stands on it already.

    Without more it goes to the hub that follows, at the time at which the last of the own people goes.
    """
    to_hub = to_hub or from_hub.hands_over_to
    if to_hub is None:
        raise Refusal(_("Say to whom: this hub hands over to no other yet."), "to_hub")
    now = timezone.now()
    due_at = due_at or next((each.until for each in hubs_at(now) if each.row.hub == from_hub.pk), None) or now
    sheet = Sheet(from_hub=from_hub, to_hub=to_hub, due_at=due_at, note=note, begun_at=now)
    clean_row(sheet)
    sheet.save()
    _select(sheet, now)
    return sheet


@command("handover.sheet.change", on=Sheet, target="row")
def change_sheet(*, actor: Actor, row: Sheet, **fields: Any) -> Sheet:
    """Change to whom, when, and what else they should know, while nothing is offered."""
    require_open(row)
    if row.state != Sheet.State.DRAFT and {"from_hub", "to_hub"} & {
        name for name, value in fields.items() if getattr(row, name) != value
    }:
        raise Untimely(_("Something is offered already: this sheet goes to whom it went."))
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row


@command("handover.sheet.select_anew", on=Sheet, target="row")
def select_anew(*, actor: Actor, row: Sheet) -> Sheet:
    """Look again for what must go along: what has become urgent meanwhile is put on the sheet."""
    require_open(row)
    _select(row, timezone.now())
    return row


@command("handover.sheet.choose", on=Sheet, target="row")
def choose_item(*, actor: Actor, row: Sheet, item: WorkItem) -> SheetItem:
    """Put a further item on the sheet."""
    require_open(row)
    held = hands_of([item.pk]).get(item.pk)
    if held is None or held.hub != row.from_hub_id:
        raise Refusal(_("This item is not in the hands of %(hub)s.") % {"hub": row.from_hub}, "item")
    if not item.is_open:
        raise Refusal(_("This item has ended: only open work is handed over."), "item")
    known = row.items.filter(item=item).first()
    if known is not None and known.state != State.DROPPED:
        raise Untimely(_("This item stands on the sheet already."))
    chosen = known or SheetItem(sheet=row, item=item)
    chosen.state, chosen.reasons = State.SELECTED, [Why.CHOSEN.value]
    chosen.save()
    settle(row)
    return chosen


@command("handover.sheet.offer", on=Sheet, target="row")
def offer_ready(*, actor: Actor, row: Sheet) -> Sheet:
    """Offer every item that says what it is about and what is to be done next."""
    require_open(row)
    ready = [each for each in _to_offer(row) if each.summary and each.next_action]
    if not ready:
        raise Refusal(
            _("No item is ready: say of one at least what it is about and what is to be done next.")
        )
    for each in ready:
        refuse_others(each)
        offer(each, actor)
    settle(row)
    return row


@command("handover.sheet.close", on=Sheet, target="row")
def close_sheet(*, actor: Actor, row: Sheet) -> Sheet:
    """Close the sheet and go home. What is offered waits on; it stays yours until it is accepted."""
    require_open(row)
    left = [each.item.number for each in _to_offer(row)]
    if left:
        raise Untimely(
            _("Not offered yet: %(items)s. Offer each, or take it off with a reason.")
            % {"items": ", ".join(left)}
        )
    row.state, row.closed_at = Sheet.State.CLOSED, timezone.now()
    row.save()
    return row


def _to_offer(sheet: Sheet) -> list[SheetItem]:
    """What is neither offered nor taken off, of work that goes on."""
    rows = sheet.items.filter(state__in=OPEN, item__is_open=True).select_related("item")
    return list(rows.order_by("item__priority", "pk"))


def require_open(sheet: Sheet) -> None:
    """Refuse a sheet that is closed."""
    if sheet.state == Sheet.State.CLOSED:
        raise Untimely(_("This sheet is closed. Begin another."))


def refuse_others(row: SheetItem) -> None:
    """Refuse what came into other hands meanwhile, or is offered on another sheet: one hub alone gives it."""
    # Two sheets on which the same item stands are answered one after the other.
    WorkItem.objects.select_for_update(of=("self",), no_key=True).get(pk=row.item_id)
    held = hands_of([row.item_id]).get(row.item_id)
    if held is not None and held.hub != row.sheet.from_hub_id:
        raise Untimely(
            _("%(item)s is in the hands of another hub by now: take it off the sheet.")
            % {"item": row.item.number}
        )
    others = SheetItem.objects.filter(item=row.item_id, state=State.OFFERED).exclude(pk=row.pk)
    if others.exists():
        raise Untimely(_("%(item)s is offered on another sheet already.") % {"item": row.item.number})


def offer(row: SheetItem, actor: Actor) -> None:
    """Let an item wait for the other hub's answer."""
    row.state, row.offered_at, row.offered_by_id = State.OFFERED, timezone.now(), actor.person_id
    row.answered_at = row.answered_by = row.told_at = None
    row.answer = ""
    row.save()
    sheet = row.sheet
    publish(
        ItemOffered(row.item_id, row.pk, sheet.from_hub_id, sheet.to_hub_id, actor.person_id, row.offered_at)
    )


def settle(sheet: Sheet) -> None:
    """Let the state of a sheet follow from its items."""
    if sheet.state == Sheet.State.CLOSED:
        return
    states = set(sheet.items.filter(item__is_open=True).values_list("state", flat=True)) - {State.DROPPED}
    if State.OFFERED in states:
        sheet.state = Sheet.State.OFFERED
    elif states and states <= {State.ACCEPTED}:
        sheet.state = Sheet.State.ANSWERED
    elif State.ACCEPTED in states or State.RETURNED in states:
        sheet.state = Sheet.State.OFFERED
    else:
        sheet.state = Sheet.State.DRAFT
    sheet.save()


def _select(sheet: Sheet, now: datetime) -> None:
    """Put what must go along on the sheet; what was taken off stays off."""
    known = set(sheet.items.values_list("item", flat=True))
    # What another open sheet still offers is not offered twice.
    waiting = set(
        SheetItem.objects.filter(state=State.OFFERED).exclude(sheet=sheet).values_list("item", flat=True)
    )
    SheetItem.objects.bulk_create(
        [
            SheetItem(sheet=sheet, item_id=item, reasons=reasons)
            for item, reasons in reasons_of(sheet.from_hub, now).items()
            if item not in known | waiting
        ]
    )
    settle(sheet)
