"""From the basket to the approval."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as noop

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.events import publish
from meridian.engine.numbering import Series, next_number
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.engine.translation import in_language
from meridian.work.approvals import facade as approvals
from meridian.work.approvals.contracts import StepWish
from meridian.work.catalogue import rules
from meridian.work.catalogue.commands.fulfilling import begin_fulfilment, end_order
from meridian.work.catalogue.contracts import OrderState, VersionState
from meridian.work.catalogue.events import OrderPlaced
from meridian.work.catalogue.models import Order, OrderLine, Version
from meridian.work.catalogue.queries.offered import is_for
from meridian.work.catalogue.queries.orders import ENDED

Person = reference("people.Person")
CostCentre = reference("cost_centres.CostCentre")
SERIES = Series("ORD")
MOST_LINES = 500
WORDS = {
    "needed": noop("This is needed."),
    "several": noop("There are too many answers to this."),
    "length": noop("This is too long."),
    "number": noop("Write a number, such as 12 or 2.5."),
    "date": noop("Choose a day."),
    "option": noop("Choose one of those offered."),
}


def checked_answers(version: Version, given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Good answers to a form; the first that isn't is refused at its question."""
    good, faults = rules.read_answers(version.questions, given)
    for field in version.questions:
        if field["key"] in faults:
            sentence = f"{in_language(field['label'])}: {_(WORDS[faults[field['key']]])}"
            raise Refusal(sentence, field["key"])
    return good


@command("catalogue.order.put", on=Order, title=gettext_lazy("put into the basket"))
def put_in_basket(
    *,
    actor: Actor,
    item_version: Version,
    answers: Mapping[str, Any],
    quantity: int = 1,
    beneficiary: Person | None = None,
) -> Order:
    """Put so much of an item into one's basket, for oneself or for another."""
    orderer = _orderer(actor)
    for_whom = beneficiary or orderer
    if item_version.state != VersionState.PUBLISHED:
        raise Untimely(_("This was withdrawn or replaced while you filled it in."), "item_version")
    if not 1 <= quantity <= 999:
        raise Refusal(_("Order between 1 and 999."), "quantity")
    if for_whom.left_on or not is_for(item_version, for_whom.pk):
        raise Refusal(_("This is not offered to %(person)s.") % {"person": for_whom}, "beneficiary")
    good = checked_answers(item_version, answers)
    # Locked: a basket that is ordered at this moment takes nothing more.
    mine = Order.objects.select_for_update().filter(orderer=orderer, state=OrderState.BASKET)
    order = mine.first() or Order.objects.create(orderer=orderer)
    if order.lines.count() >= MOST_LINES:
        raise Refusal(_("A basket holds 500 lines at most: order these first."))
    OrderLine.objects.create(
        order=order,
        item_version=item_version,
        quantity=quantity,
        beneficiary=for_whom,
        answers=good,
        price=item_version.price,
        currency=item_version.currency,
    )
    return order


def _orderer(actor: Actor) -> Any:
    person = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
    if person is None:
        raise Refusal(_("This account belongs to no person, so it can't order."))
    return person


@command("catalogue.orderline.take_out", on=OrderLine, target="row")
def take_out(*, actor: Actor, row: OrderLine) -> None:
    """Take a line out of the basket."""
    if row.order.state != OrderState.BASKET:
        raise Untimely(_("This was ordered already: cancel the order instead."))
    row.delete()


@command("catalogue.order.place", on=Order, target="row")
def place_order(*, actor: Actor, row: Order, cost_centre: CostCentre | None = None) -> Order:
    """Order what is in the basket: it is approved as its items ask for, then fulfilled."""
    if row.state != OrderState.BASKET:
        raise Untimely(_("This was ordered already."))
    lines = list(row.lines.select_for_update(of=("self",)).select_related("item_version", "beneficiary"))
    if not lines:
        raise Refusal(_("The basket is empty."))
    for line in lines:
        if line.item_version.state != VersionState.PUBLISHED:
            gone = {"item": line.item_version.name}
            raise Refusal(_("“%(item)s” was withdrawn or replaced: take it out, and look at it anew.") % gone)
    if cost_centre is None and any(line.item_version.is_chargeable for line in lines):
        raise Refusal(_("Say which cost centre pays for it."), "cost_centre")
    row.cost_centre, row.placed_at, row.number = cost_centre, timezone.now(), next_number(SERIES)
    row.state = OrderState.APPROVAL
    row.save()
    row.lines.update(state=OrderState.APPROVAL)
    publish(OrderPlaced(row.pk, row.orderer_id, row.placed_at))
    if steps := _steps(lines):
        approvals.ask(row, row.orderer, steps, cost_centre)
    else:
        begin_fulfilment(row)
    return row


def _steps(lines: Sequence[OrderLine]) -> list[StepWish]:
    """The steps that the items ask for, the same step once, in the order in which items have them."""
    found: dict[tuple[Any, ...], tuple[int, StepWish]] = {}
    for line in lines:
        for place, step in enumerate(line.item_version.approvals):
            wish = StepWish(
                step["name"],
                [str(text) for text in step["approvers"]],
                step.get("mode", "all"),
                int(step.get("needed", 1)),
                step.get("hours"),
            )
            key = (tuple(wish.approvers), wish.mode, wish.needed)
            if key not in found or found[key][0] < place:
                found[key] = (place, wish)
    return [wish for _place, wish in sorted(found.values(), key=lambda row: row[0])]


@command("catalogue.order.cancel", on=Order, target="row")
def cancel_order(*, actor: Actor, row: Order) -> Order:
    """Give an order up that waits for approval; what is being fulfilled is cancelled request by request."""
    if row.state in ENDED:
        raise Untimely(_("This order has ended already."))
    if row.state == OrderState.FULFILMENT:
        raise Untimely(_("This is being fulfilled: cancel the requests that you need no longer."))
    if row.state == OrderState.BASKET:
        raise Untimely(_("This was not ordered yet: take out what you don't need."))
    approvals.withdraw(row)
    return end_order(row, OrderState.CANCELLED)
