"""What the desk says on first pages: my work, what is due, what is broken and where."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.first_page import MOST_BARS, MOST_TASKS, Bar, Button, Figure, Part, Task
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.work.agentdesk.pages.words import PRIORITIES, PRIORITY_TONES
from meridian.work.agentdesk.queries import BY_URGENCY, QueueFilter, queued

BROKEN = {"view": "open", "kind": "incident"}


def my_work(request: Request) -> FirstPagePart:
    """What is the reader's to do, the most pressing first, how much of it is late, and what is new in it."""
    actor = request.actor
    mine = queued(actor, QueueFilter(view="mine"))
    late = queued(actor, QueueFilter(view="mine", due="late"))
    soon = queued(actor, QueueFilter(view="mine", due="day"))
    changed = queued(actor, QueueFilter(view="mine", news="new"))
    counts = mine.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=Q(pk__in=late)),
        soon=Count("pk", filter=Q(pk__in=soon)),
        changed=Count("pk", filter=Q(pk__in=changed)),
    )
    figures = [
        figure(counts["all"], _("mine"), "accent", view="mine"),
        figure(counts["late"], _("late"), "bad", view="mine", due="late"),
        figure(counts["soon"], _("due within a day"), "watch", view="mine", due="day"),
        figure(counts["changed"], _("changed since you looked"), "accent", view="mine", news="new"),
    ]
    buttons = []
    if actor.holds("servicedesk.workitem.add"):
        buttons = [Button(_("New item"), reverse("desk-new"), "add", first=True)]
    tasks = _tasks(mine)
    return Part(
        _("My work"),
        _queue(view="mine"),
        figures=figures,
        tasks=tasks.shown,
        cut=tasks,
        buttons=buttons,
        empty=_("Nothing is yours now. Take what presses most of what your teams have."),
    ).given()


def to_take(request: Request) -> FirstPagePart:
    """What came in for the reader's teams and nobody has, the most pressing first."""
    tasks = _tasks(queued(request.actor, QueueFilter(view="teams", state="new")))
    url = _queue(view="teams", state="new")
    empty = _("Nothing waits for somebody to take it.")
    return Part(_("To take"), url, tasks=tasks.shown, cut=tasks, empty=empty).given()


def work_of_my_teams(request: Request) -> FirstPagePart:
    """The open work of the reader's teams by priority."""
    rows = queued(request.actor, QueueFilter(view="teams"))
    bars = _priorities(rows, view="teams")
    title, empty = _("My teams, by priority"), _("Your teams have no open work.")
    return Part(title, _queue(view="teams"), bars=bars, empty=empty).given()


def broken(request: Request) -> FirstPagePart:
    """Open incidents that the reader may see: the most pressing, and how many are late or nobody's."""
    actor = request.actor
    rows = queued(actor, QueueFilter(**BROKEN))
    late = queued(actor, QueueFilter(**BROKEN, due="late"))
    counts = rows.aggregate(
        all=Count("pk"),
        high=Count("pk", filter=Q(priority=2)),
        critical=Count("pk", filter=Q(priority=1)),
        late=Count("pk", filter=Q(pk__in=late)),
    )
    figures = [
        figure(counts["critical"], _("critical"), "bad", **BROKEN, priority="1"),
        figure(counts["high"], _("high"), "watch", **BROKEN, priority="2"),
        figure(counts["late"], _("late"), "bad", **BROKEN, due="late"),
        figure(counts["all"], _("all incidents"), "accent", **BROKEN),
    ]
    tasks = _tasks(rows)
    return Part(
        _("What is broken"),
        _queue(**BROKEN),
        figures=figures,
        tasks=tasks.shown,
        cut=tasks,
        empty=_("No incident is open."),
    ).given()


def broken_places(request: Request) -> FirstPagePart:
    """The duty stations whose teams have most open incidents."""
    rows = queued(request.actor, QueueFilter(**BROKEN)).exclude(team=None).order_by()
    station = "team__duty_station"
    groups = rows.values_list(f"{station}__code", f"{station}__name").annotate(count=Count("pk"))
    found = cut(groups.order_by("-count", f"{station}__code"), MOST_BARS)
    bars = [_bar(str(name), count, **BROKEN, place=code) for code, name, count in found.shown]
    title, empty = _("Where most is broken"), _("No incident is open.")
    return Part(title, bars=bars, cut=Cut(bars, found.of), empty=empty).given()


def work_of_my_units(request: Request) -> FirstPagePart:
    """The open work that the reader answers for, by priority, and what of it is late."""
    rows = queued(request.actor, QueueFilter())
    late = queued(request.actor, QueueFilter(due="late"))
    figures = [figure(late.count(), _("late"), "bad", view="open", due="late")]
    title, empty = _("Work of the desk"), _("No work is open.")
    bars = _priorities(rows, view="open")
    return Part(title, _queue(view="open"), figures=figures, bars=bars, empty=empty).given()


def _priorities(rows: Any, **asked: str) -> list[Bar]:
    counts = dict(rows.order_by().values_list("priority").annotate(Count("pk")))
    return [
        _bar(str(words), counts[key], PRIORITY_TONES[key], **asked, priority=str(key))
        for key, words in PRIORITIES.items()
        if key in counts
    ]


def figure(count: int, label: str, tone: str, **asked: str) -> Figure:
    """How many items the queue holds as it is `asked`, with the way to them and the proof."""
    return Figure(count, label, _queue(**asked), tone, proof_address("agentdesk.queue", count, **asked))


def _bar(label: str, count: int, tone: str = "accent", **asked: str) -> Bar:
    return Bar(label, count, _queue(**asked), proof_address("agentdesk.queue", count, **asked), tone)


def _tasks(rows: Any) -> Cut[Task]:
    """The most pressing items, each with its number, its priority and when it is due."""
    spans = Spans(timezone.now())
    columns = ("number", "title", "priority", "due_at")
    found = cut(rows.order_by(*BY_URGENCY.expressions(False)).values_list(*columns), MOST_TASKS)
    return Cut([_task(spans, *row) for row in found.shown], found.of)


def _task(spans: Spans, number: str, title: str, priority: int, due_at: Any) -> Task:
    due, late = spans.due(due_at)
    tone = "bad" if late else PRIORITY_TONES[priority]
    return Task(title, reverse("desk-item", args=(number,)), f"{number} · {PRIORITIES[priority]}", due, tone)


def _queue(**asked: str) -> str:
    return f"{reverse('desk-queue')}?{urlencode(asked)}"
