"""What the catalogue says on first pages, and on the desk's page of a request."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import cut, first_rows
from meridian.engine.pages.first_page import MOST_TASKS, Button, Part, Task
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.resources import resource_of
from meridian.engine.values.together import Asking
from meridian.work.catalogue.models import Order
from meridian.work.catalogue.models import Task as TaskRow
from meridian.work.catalogue.queries.orders import orders_of, tasks_to_do


def my_orders(request: Request) -> FirstPagePart | None:
    """What the reader ordered and waits for, and the way to the catalogue."""
    if request.actor.person_id is None:
        return None
    found = cut(orders_of(request.actor, ended=False), MOST_TASKS)
    tones = resource_of(Order)
    tasks = [
        Task(
            ", ".join(str(line) for line in order.lines.all()[:2]),
            reverse("catalogue-order", args=(order.number,)),
            order.number,
            order.get_state_display(),
            tones.tone_of(order.state),
        )
        for order in found.shown
    ]
    buttons = [Button(_("Look into the catalogue"), reverse("catalogue-shop"), "search", first=not tasks)]
    empty = _("Order a laptop, a mailbox, access to an application, and what else work needs.")
    url = reverse("catalogue-orders")
    return Part(_("My orders"), url, tasks=tasks, cut=found, buttons=buttons, empty=empty).given()


def my_tasks(request: Request) -> Asking[FirstPagePart | None]:
    """What the reader's teams have to do for orders."""
    if request.actor.person_id is None:
        return None
    found, spans = (yield from first_rows(tasks_to_do(request.actor), MOST_TASKS)), Spans(timezone.now())
    if not found.shown:
        return None
    tasks = []
    for task in found.shown:
        due, late = spans.due(task.due_at) if task.due_at else ("", False)
        note = f"{task.line.item_version.name} · {task.line.beneficiary}"
        tasks.append(Task(str(task.name), reverse("catalogue-tasks"), note, due, "bad" if late else "watch"))
    return Part(_("Tasks of orders"), reverse("catalogue-tasks"), tasks=tasks, cut=found).given()


def tasks_of_request(actor: Actor, row: Any) -> PanelPart | None:
    """The tasks of a request that an order made."""
    tasks = TaskRow.objects.permitted(actor, "view").filter(line__request=row.pk).select_related("team")
    facts = [
        {
            "label": str(task.name),
            "text": f"{task.get_state_display()} · {task.team or _('no team')}",
            "url": reverse("catalogue-task-detail", args=(task.pk,)),
        }
        for task in tasks.order_by("pk")
    ]
    return PanelPart(_("Tasks of the order"), {"facts": facts}) if facts else None
