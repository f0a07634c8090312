"""From the approval to what was ordered: requests at the desk, tasks of teams, facts for charging."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor, system_actor
from meridian.kernel.working_time import NeverOpen
from meridian.registers.calendars.facade import working_time
from meridian.registers.people.facade import unit_of
from meridian.work.catalogue import rules
from meridian.work.catalogue.contracts import OrderState, TaskState
from meridian.work.catalogue.events import LineFulfilled
from meridian.work.catalogue.models import Order, OrderLine, Task, UsageFact
from meridian.work.catalogue.queries.offered import answered
from meridian.work.catalogue.queries.orders import ENDED
from meridian.work.servicedesk import facade as desk

HOUSE = system_actor("Catalogue")
HOUR_SECONDS = 3_600


def begin_fulfilment(order: Order) -> None:
    """Open a request for each line, with its tasks; those begin that wait for no other."""
    order.state = OrderState.FULFILMENT
    order.save()
    for line in order.lines.select_related("item_version__item", "beneficiary").order_by("pk"):
        _open_request(order, line)
        _plan_tasks(line)
        _go_on(line)


def _open_request(order: Order, line: OrderLine) -> None:
    language = line.beneficiary.language or "en"
    with translation.override(language):
        title = str(line.item_version.name)
        told = [f"{fact['label']}: {fact['text']}" for fact in answered(line.item_version, line.answers)]
        facts = {"number": order.number, "quantity": line.quantity, "person": order.orderer}
        head = _("Order %(number)s, quantity %(quantity)s, ordered by %(person)s") % facts
    line.request = desk.add_item(
        actor=HOUSE,
        requester=line.beneficiary,
        title=title[:200],
        text="\n".join([head, *told]),
        kind="request",
        channel="portal",
        language=language,
    )
    line.state = OrderState.FULFILMENT
    line.save()


def _plan_tasks(line: OrderLine) -> None:
    codes = {task.get("team") for task in line.item_version.plan} - {None, ""}
    teams = {team.code: team for team in desk.Team.objects.filter(code__in=codes, is_active=True)}
    nearest = line.request.team if line.request else None
    Task.objects.bulk_create(
        Task(
            line=line,
            key=task["key"],
            name=task["name"],
            team=teams.get(task.get("team"), nearest),
            after=task.get("after", []),
            hours=task.get("hours", 8),
        )
        for task in line.item_version.plan
    )


def _go_on(line: OrderLine) -> None:
    """Begin what may begin; where nothing is left to do the line has ended."""
    tasks = {task.key: task for task in line.tasks.select_related("team")}
    now = timezone.now()
    for key in rules.ready_tasks((task.key, task.state, task.after) for task in tasks.values()):
        task = tasks[key]
        task.state, task.begun_at, task.due_at = TaskState.WAITING, now, _due(task, now)
        task.save()
    states = {task.state for task in tasks.values()}
    if tasks and states <= {TaskState.DONE, TaskState.CANCELLED}:
        _finish(line, is_given_up=states == {TaskState.CANCELLED})


def _due(task: Task, now: datetime) -> datetime:
    """When a task is due, in the open hours of its team."""
    if task.team is not None:
        try:
            return working_time(task.team.calendar_id).due_at(now, task.hours * HOUR_SECONDS)
        except NeverOpen:
            pass
    return now + timedelta(hours=task.hours)


@command("catalogue.task.finish", on=Task, target="row")
def finish_task(*, actor: Actor, row: Task, note: str = "") -> Task:
    """Note that a task is done: those that waited for it begin, and after the last the request is solved."""
    return _end_task(actor, row, TaskState.DONE, note)


@command("catalogue.task.drop", on=Task, target="row")
def drop_task(*, actor: Actor, row: Task, note: str) -> Task:
    """Note why a task is not needed: what waited for it goes on."""
    return _end_task(actor, row, TaskState.CANCELLED, note)


def _end_task(actor: Actor, row: Task, state: TaskState, note: str) -> Task:
    line = OrderLine.objects.select_for_update().get(pk=row.line_id)
    row.refresh_from_db()
    if row.state != TaskState.WAITING:
        raise Untimely(_("This task is not to be done now: it has ended, or waits for another."))
    row.state, row.ended_at, row.ended_by_id, row.note = state, timezone.now(), actor.person_id, note.strip()
    row.save()
    _go_on(line)
    return row


def _finish(line: OrderLine, *, is_given_up: bool) -> None:
    """End a line whose tasks have ended: its request is solved, and what is charged is written down."""
    request = line.request
    if request is not None and request.state in desk.WorkItem.machine.open:
        with translation.override(request.language):
            told = [f"{task.name}: {task.note}" for task in line.tasks.order_by("ended_at") if task.note]
            words = "\n".join([_("Everything that you ordered is done."), *told])
            reason = "\n".join([_("None of the tasks was needed."), *told])
        if is_given_up:
            desk.cancel(actor=HOUSE, item=request, reason=reason, language=request.language)
        else:
            desk.resolve(actor=HOUSE, item=request, solution=words, language=request.language)
    end_line(line, OrderState.CANCELLED if is_given_up else OrderState.FULFILLED)


def end_line(line: OrderLine, state: OrderState) -> None:
    """End a line once, with the tasks that are left, and the order after its last line."""
    if line.state in ENDED:
        return
    now = timezone.now()
    left = line.tasks.filter(state__in=(TaskState.COMING, TaskState.WAITING))
    left.update(state=TaskState.CANCELLED, ended_at=now)
    line.state = state
    if state == OrderState.FULFILLED:
        line.fulfilled_at = now
        line.save()
        _note_usage(line, now)
        publish(LineFulfilled(line.pk, line.order_id, now))
    else:
        line.save()
    order = Order.objects.select_for_update().get(pk=line.order_id)
    states = set(order.lines.values_list("state", flat=True))
    if states <= set(ENDED):
        is_fulfilled = OrderState.FULFILLED in states
        end_order(order, OrderState.FULFILLED if is_fulfilled else OrderState.CANCELLED)


def _note_usage(line: OrderLine, now: datetime) -> None:
    order, version = line.order, line.item_version
    if not version.is_chargeable or order.cost_centre_id is None:
        return
    at = unit_of(line.beneficiary_id)
    UsageFact.objects.create(
        line=line,
        item_id=version.item_id,
        quantity=line.quantity,
        price=line.price,
        currency=line.currency,
        unit_id=at[0] if at else None,
        cost_centre_id=order.cost_centre_id,
        period=now.date().replace(day=1),
        at=now,
    )


def end_order(order: Order, state: OrderState) -> Order:
    """End an order, with the lines that have not ended by themselves."""
    order.lines.filter(~Q(state__in=ENDED)).update(state=state)
    order.state, order.ended_at = state, timezone.now()
    order.save()
    return order


@command("catalogue.order.go_on", on=Order, target="row", title=gettext_lazy("go on with an order"))
def go_on_after_approval(*, actor: Actor, row: Order, decision: str) -> Order:
    """Fulfil what was approved; end what was not; what was changed or asked no longer ends too."""
    if row.state != OrderState.APPROVAL:
        return row
    if decision == "approved":
        begin_fulfilment(row)
        return row
    return end_order(row, OrderState.REJECTED if decision == "rejected" else OrderState.CANCELLED)


@command("catalogue.orderline.end", on=OrderLine, target="row", title=gettext_lazy("end a line of an order"))
def end_with_request(*, actor: Actor, row: OrderLine, state: str) -> OrderLine:
    """End a line whose request the desk has ended by itself."""
    end_line(row, OrderState.FULFILLED if state == "resolved" else OrderState.CANCELLED)
    return row
