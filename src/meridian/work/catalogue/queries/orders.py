"""Orders and the work on them."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.catalogue.contracts import OrderState, TaskState
from meridian.work.catalogue.models import Order, Task
from meridian.work.servicedesk.facade import Membership

CostCentre = reference("cost_centres.CostCentre")
ENDED = (OrderState.FULFILLED, OrderState.REJECTED, OrderState.CANCELLED)


def basket_of(person: int) -> Order | None:
    """What somebody has in the basket."""
    return Order.objects.filter(orderer=person, state=OrderState.BASKET).first()


def open_centre(code: str) -> Any:
    """The open cost centre of this code, however it is capitalised; None when there is none."""
    if "\0" in code:
        return None
    return CostCentre.objects.filter(code__iexact=code, closed_on=None).first()


def orders_of(actor: Actor, *, ended: bool) -> QuerySet[Order]:
    """What the reader ordered, or others ordered for them, the newest first."""
    mine = Q(orderer=actor.person_id) | Q(lines__beneficiary=actor.person_id)
    rows = Order.objects.permitted(actor, "view").filter(mine).exclude(state=OrderState.BASKET)
    rows = rows.filter(state__in=ENDED) if ended else rows.exclude(state__in=ENDED)
    rows = rows.annotate(
        task_count=Count("lines__tasks", distinct=True),
        ended_count=Count(
            "lines__tasks",
            distinct=True,
            filter=Q(lines__tasks__state__in=(TaskState.DONE, TaskState.CANCELLED)),
        ),
    )
    return rows.prefetch_related("lines__item_version").order_by("-placed_at", "-pk")


def steps_of(order: Any) -> list[dict[str, Any]]:
    """The way of an order, with how far it has come; needs the counts of `orders_of`."""
    far = {"approval": 1, "fulfilment": 2, "fulfilled": 3, "rejected": 1, "cancelled": 3}.get(order.state, 0)
    tasks = _("Being fulfilled")
    if order.state == OrderState.FULFILMENT and order.task_count:
        counts = {"done": order.ended_count, "all": order.task_count}
        tasks = _("Being fulfilled: %(done)d of %(all)d tasks") % counts
    last = {"rejected": _("Not approved"), "cancelled": _("Cancelled")}.get(order.state, _("Fulfilled"))
    titles = [_("Ordered"), _("Approval"), tasks, last]
    if order.state == OrderState.REJECTED:
        titles, far = [_("Ordered"), _("Approval"), last], 2
    ended = order.state in ENDED
    return [
        {"title": title, "done": at < far or (ended and at == far), "now": at == far and not ended}
        for at, title in enumerate(titles)
    ]


def tasks_to_do(actor: Actor) -> QuerySet[Task]:
    """What the reader's teams have to do now, what is due first at the top."""
    teams = Membership.objects.filter(person=actor.person_id).values("team")
    rows = Task.objects.permitted(actor, "view").filter(state=TaskState.WAITING, team__in=teams)
    rows = rows.select_related(
        "line__item_version", "line__beneficiary", "line__request", "team", "line__order"
    )
    return rows.order_by("due_at", "pk")
