"""One's orders with how far they are, and the tasks that teams do for them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import instant_text, number_text
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import one_of, row_key
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.resources import resource_of
from meridian.work.approvals import facade as approvals
from meridian.work.catalogue.commands import cancel_order, drop_task, finish_task
from meridian.work.catalogue.models import Order, OrderLine, Task
from meridian.work.catalogue.queries.offered import answered
from meridian.work.catalogue.queries.orders import orders_of, steps_of, tasks_to_do
from meridian.work.servicedesk.facade import WorkItem

SHOWN = {"": gettext_lazy("Going on"), "ended": gettext_lazy("Ended")}
MOST = 50


@needs("catalogue.order.put")
@require_safe
@takes("show")
def orders(request: Request) -> HttpResponse:
    """What the reader ordered or gets, each with its way."""
    ended = one_of("show", request.GET.get("show", ""), SHOWN) == "ended"
    found, spans = cut(orders_of(request.actor, ended=ended), MOST), Spans(timezone.now())
    cards = [
        {
            "number": row.number,
            "lines": [str(line) for line in row.lines.all()],
            "since": spans.since(row.placed_at),
            "instant": row.placed_at.isoformat(),
            "steps": steps_of(row),
        }
        for row in found.shown
    ]
    return render(request, "catalogue/orders.html", {"cards": cards, "cut": found, "ended": ended})


@needs("catalogue.order.put")
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: Request, number: str) -> HttpResponse:
    """One order: its way, who decides or decided, its lines with their tasks and requests."""
    rows = Order.objects.permitted(request.actor, "view").filter(number=number)
    row = rows.select_related("orderer", "cost_centre").first() if number and "\0" not in number else None
    if row is None:
        raise Unseen(_("There is no such order, or it is not yours to see."))
    if request.method == "POST":
        cancel_order(actor=request.actor, row=row)
        messages.success(request, _("The order is cancelled."))
        return redirect("catalogue-order", number)
    counted: Any = row
    tasks = Task.objects.filter(line__order=row)
    counted.task_count = tasks.count()
    counted.ended_count = tasks.filter(state__in=("done", "cancelled")).count()
    context = {
        "order": row,
        "standing": row.get_state_display(),
        "tone": resource_of(Order).tone_of(row.state),
        "placed": instant_text(row.placed_at) if row.placed_at else "",
        "steps": steps_of(counted),
        "approval": approvals.progress(row, request.actor),
        "lines": _lines(request, row),
        "may_cancel": row.state == "approval" and row.orderer_id == request.actor.person_id,
        "crumbs": [{"title": _("My orders"), "url": reverse("catalogue-orders")}],
    }
    return render(request, "catalogue/order.html", context)


def _lines(request: Request, row: Order) -> list[dict[str, Any]]:
    tones, lines = resource_of(Task), OrderLine.objects.permitted(request.actor, "view").filter(order=row)
    lines = lines.select_related("item_version__item", "beneficiary", "request").prefetch_related(
        "tasks__team"
    )
    requests = WorkItem.objects.permitted(request.actor).filter(order_line__order=row)
    followed = set(requests.values_list("pk", flat=True))
    return [
        {
            "name": str(line.item_version.name),
            "icon": line.item_version.item.icon,
            "quantity": number_text(line.quantity),
            "for_whom": str(line.beneficiary),
            "facts": answered(line.item_version, line.answers),
            "request": line.request.number if line.request else "",
            "may_follow": line.request_id in followed,
            "tasks": [
                {
                    "name": str(task.name),
                    "team": str(task.team or ""),
                    "state": task.get_state_display(),
                    "tone": tones.tone_of(task.state),
                    "due": instant_text(task.due_at) if task.state == "waiting" and task.due_at else "",
                    "note": task.note,
                }
                for task in sorted(line.tasks.all(), key=lambda task: task.pk)
            ],
        }
        for line in lines.order_by("pk")
    ]


@needs("catalogue.task.finish")
@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: Request) -> HttpResponse:
    """What the reader's teams have to do for orders: done, or not needed and why."""
    refusal = ""
    if request.method == "POST":
        row = tasks_to_do(request.actor).filter(pk=row_key(request.POST.get("task", ""))).first()
        if row is None:
            refusal = _("Somebody has done this meanwhile.")
        else:
            command = drop_task if request.POST.get("press") == "drop" else finish_task
            note = request.POST.get("note", "")
            try:
                if command is drop_task and not note.strip():
                    raise Refusal(_("Say why it is not needed."), "note")
                command(actor=request.actor, row=row, note=note)
                messages.success(request, _("Noted: %(task)s.") % {"task": row.name})
                return redirect("catalogue-tasks")
            except Refusal as fault:
                refusal = str(fault.beside(("note",)))
    found, spans = cut(tasks_to_do(request.actor), MOST), Spans(timezone.now())
    context = {"cards": [_card(task, spans) for task in found.shown], "cut": found, "refusal": refusal}
    return render(request, "catalogue/tasks.html", context, status=422 if refusal else 200)


def _card(task: Task, spans: Spans) -> dict[str, Any]:
    due, late = spans.due(task.due_at) if task.due_at else ("", False)
    line = task.line
    return {
        "key": task.pk,
        "name": str(task.name),
        "item": str(line.item_version.name),
        "quantity": number_text(line.quantity),
        "for_whom": str(line.beneficiary),
        "team": str(task.team or ""),
        "due": due,
        "tone": "bad" if late else "watch",
        "request": line.request.number if line.request else "",
        "facts": answered(line.item_version, line.answers),
    }
