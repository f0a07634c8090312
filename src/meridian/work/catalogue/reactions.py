"""What follows for orders from decisions, and from what the desk does with their requests."""

from meridian.engine.policies import system_actor
from meridian.work.approvals.events import ApprovalDecided
from meridian.work.catalogue.commands.fulfilling import end_with_request, go_on_after_approval
from meridian.work.catalogue.models import Order, OrderLine
from meridian.work.servicedesk.events import ItemEnded, ItemResolved

HOUSE = system_actor("Catalogue")


def is_of_an_order(event: ApprovalDecided) -> bool:
    """Whether an order was to be approved."""
    return event.resource == "catalogue.order"


def go_on(event: ApprovalDecided) -> None:
    """Fulfil an order that was approved, or end it."""
    order = Order.objects.filter(pk=event.row).first()
    if order is not None:
        go_on_after_approval(actor=HOUSE, row=order, decision=event.decision)


def end_resolved(event: ItemResolved) -> None:
    """What the desk has solved by itself needs no tasks any more."""
    _end(event.item, "resolved")


def end_cancelled(event: ItemEnded) -> None:
    """What was cancelled is not fulfilled."""
    if event.state == "cancelled":
        _end(event.item, "cancelled")


def _end(item: int, state: str) -> None:
    line = OrderLine.objects.filter(request=item).first()
    if line is not None:
        end_with_request(actor=HOUSE, row=line, state=state)
