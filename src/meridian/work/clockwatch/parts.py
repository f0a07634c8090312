"""What clocks say on the pages of others: an item, a request, first pages."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.figures.spans import Spans
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.values.together import Asking, asked
from meridian.work.clockwatch.queries.near import near_end
from meridian.work.service_levels.contracts import Kind
from meridian.work.service_levels.facade import Clock
from meridian.work.servicedesk.facade import WorkItem

SOON = timedelta(hours=4)


def clocks_of_item(actor: Actor, row: WorkItem) -> PanelPart | None:
    """Every clock of an item that the desk keeps: how far it is, with the way to why."""
    return _panel(Clock.objects.filter(item=row).permitted(actor, "view"), row, _("Clocks"))


def clocks_of_request(actor: Actor, row: WorkItem) -> PanelPart | None:
    """By when the requester is promised something, with the way to why."""
    return _panel(Clock.objects.filter(item=row, kind=Kind.SLA), row, _("What you are promised"))


def _panel(clocks: Any, row: WorkItem, title: str) -> PanelPart | None:
    shown = list(clocks.order_by("kind", "measure", "cycle"))[-6:]
    if not shown:
        return None
    url = reverse("service-levels-why", args=(row.number,))
    facts = [
        {
            "label": clock.get_measure_display(),
            "text": f"{clock.get_state_display()} · {instant_text(clock.due_at)}",
            "instant": clock.due_at.isoformat(),
        }
        for clock in shown
    ]
    facts.append({"label": "", "text": _("Why is it due then?"), "url": url})
    return PanelPart(title, {"facts": facts})


def running_out(request: Request) -> Asking[FirstPagePart | None]:
    """The clocks that the reader sees and that end within hours."""
    now = timezone.now()
    rows = yield asked(near_end(request.actor, now, SOON)[:MOST_TASKS])
    if not rows:
        return None
    spans, tasks = Spans(now), []
    for clock in rows:
        due, late = spans.due(clock.due_at)
        item = clock.item
        url = reverse("service-levels-why", args=(item.number,)) if item else clock.address
        title, note = (item.title, item.number) if item else (clock.title, "")
        words = f"{note} · {clock.get_measure_display()}" if note else clock.get_measure_display()
        tasks.append(Task(title, url, words, due, "bad" if late else "watch"))
    return Part(_("Promises that run out"), reverse("service-levels-near"), tasks=tasks).given()
