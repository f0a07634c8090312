"""Who scored badly and is to be called: the day of who leads a desk."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import one_of
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.resources import resource_of
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.surveys.models import CallBack
from meridian.work.surveys.parts import ENDED

MOST = 100


@needs("surveys.callback.view")
@require_safe
@takes("show")
def call_backs(request: Request) -> HttpResponse:
    """Open call-backs, the longest waiting first, or those that are done."""
    titles = {"": _("To call"), "done": _("Done")}
    shown = one_of("show", request.GET.get("show", ""), titles)
    is_done = Q(task__state__in=ENDED)
    rows = CallBack.objects.permitted(request.actor).filter(is_done if shown else ~is_done)
    found = cut(
        rows.select_related("task__assignee", "task__team", "answer__invitation__item").order_by(
            "-opened_at" if shown else "opened_at", "pk"
        ),
        MOST,
    )
    columns = [
        Column(_("Task")),
        Column(_("State")),
        Column(_("Score"), "number", why=Unproved.HELD),
        Column(_("In their words")),
        Column(_("About")),
        Column(_("With")),
        Column(_("Since"), "date"),
    ]
    spans = Spans(timezone.now())
    table = Table(titles[shown], columns, [_row(row, spans) for row in found.shown])
    context = {"table": table, "cut": found, "titles": titles, "shown": shown}
    return render(request, "surveys/call_backs.html", context)


def _row(row: CallBack, spans: Spans) -> Row:
    task, item = row.task, row.answer.invitation.item
    return Row(
        [
            Cell(task.number, url=reverse("desk-item", args=(task.number,))),
            Cell(task.get_state_display(), "state", tone=resource_of(WorkItem).tone_of(task.state)),
            Cell(str(row.answer.lowest), "number"),
            Cell(row.answer.text[:200]),
            Cell(item.number, url=reverse("desk-item", args=(item.number,))) if item else Cell("–"),
            Cell(str(task.assignee or task.team or "–")),
            Cell(spans.since(row.opened_at), "date", instant=row.opened_at.isoformat()),
        ]
    )
