"""The page of a problem: what is known of it, whom it troubles, what was tried."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.pages.asked import takes
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import Sight, resource_of
from meridian.engine.values import url_of
from meridian.work.items.facade import LinkRow, timeline
from meridian.work.problems.contracts import OPEN_STATES, State
from meridian.work.problems.models import KnownError, Problem
from meridian.work.problems.pages.lines import TELLING
from meridian.work.problems.queries.candidates import incidents_attached_to
from meridian.work.problems.resources import ProblemResource
from meridian.work.servicedesk.facade import WorkItem

MOST_INCIDENTS = 25


@needs("problems.problem.view")
@require_safe
@takes("events")
def problem_page(request: Request, key: int) -> HttpResponse:
    """Everything about one problem on one page."""
    problem, actor = visible_row(ProblemResource, request.actor, key), request.actor
    detail, sight = DetailPage(ProblemResource), Sight(request.actor)
    rows = timeline(problem, internal=True, whole=request.GET.get("events") == "all")
    found = TELLING.beside(problem, rows.shown, actor.person_id)
    sight.look(Problem, [link.number for link in found.links], "number")
    incidents = _incidents(actor, problem)
    context = {
        "row": problem,
        "head": _head(request, detail, problem),
        "crumbs": [{"title": _("Problems today"), "url": reverse("problems-today")}],
        "tabs": detail.tabs(request, problem, ""),
        "way": _way(problem),
        "events": TELLING.told(rows.shown, found, sight),
        "events_cut": rows,
        "known_errors": _known_errors(actor, problem),
        "add_known_error": _add_known_error(actor, problem),
        "incidents": _table(incidents.shown),
        "incidents_cut": incidents,
        "links": [_link(link) for link in found.links if sight.sees(Problem, link.number, "number")],
        "facts": _facts(problem),
    }
    return render(request, "problems/problem.html", context | given_parts(request, problem))


def _head(request: Request, detail: DetailPage, problem: Problem) -> dict[str, Any]:
    head = detail.head(request, problem)
    head["title"] = problem.title
    head["number"] = problem.number
    head["facts"] = [
        {"label": _("Priority"), "text": str(problem.priority)},
        {"label": _("Team"), "text": str(problem.team)},
        {"label": _("Problem manager"), "text": str(problem.assignee or _("nobody"))},
        {"label": _("Open since"), "text": Spans(timezone.now()).since(problem.opened_at)},
    ]
    return head


def _way(problem: Problem) -> list[dict[str, Any]]:
    """The states from logged to resolved, as far as the problem has come."""
    states = [*OPEN_STATES, State.RESOLVED]
    # What is closed has come the whole way, what was cancelled none of it.
    places = {str(state): place for place, state in enumerate(states)} | {State.CLOSED.value: len(states)}
    here = places.get(problem.state, -1)
    return [
        {"title": state.label, "done": place < here, "now": place == here}
        for place, state in enumerate(states)
    ]


def _facts(problem: Problem) -> list[dict[str, str]]:
    facts = [
        {"label": _("Origin"), "text": problem.get_origin_display()},
        {"label": _("Category"), "text": str(problem.category or "")},
        {"label": _("Concerns"), "text": str(problem.concerns or "")},
        {"label": _("Method of analysis"), "text": problem.get_method_display()},
        {"label": _("How it ended"), "text": problem.get_resolution_display()},
    ]
    instants = (
        (_("Logged"), problem.opened_at),
        (_("Cause known"), problem.cause_known_at),
        (_("Resolved"), problem.resolved_at),
    )
    facts += [
        {"label": label, "text": instant_text(at), "instant": at.isoformat()} for label, at in instants if at
    ]
    return facts


def _known_errors(actor: Actor, problem: Problem) -> list[dict[str, Any]]:
    rows = KnownError.objects.permitted(actor, "view").filter(problem=problem).order_by("-effective_from")
    tone_of = resource_of(KnownError).tone_of
    return [
        {
            "number": row.number,
            "url": url_of(row),
            "symptom": str(row.symptom),
            "workaround": str(row.workaround),
            "languages": len([text for text in row.workaround.values() if text]),
            "tone": tone_of(row.state),
            "state": row.get_state_display(),
            "until": instant_text(row.effective_until) if row.effective_until else "",
        }
        for row in rows
    ]


def _add_known_error(actor: Actor, problem: Problem) -> str:
    if not problem.is_open or not actor.holds("problems.knownerror.add"):
        return ""
    return f"{reverse('problems-knownerror-add')}?problem={problem.pk}"


def _incidents(actor: Actor, problem: Problem) -> Cut[WorkItem]:
    seen = WorkItem.objects.permitted(actor, "queue")
    rows = incidents_attached_to(problem).filter(pk__in=seen.values("pk")).order_by("-opened_at", "-pk")
    return cut(rows, MOST_INCIDENTS)


def _table(items: list[WorkItem]) -> Table:
    tone_of = resource_of(WorkItem).tone_of
    columns = (
        Column(_("Number"), "code"),
        Column(_("Subject")),
        Column(_("State"), "state"),
        Column(_("Opened"), "date"),
    )
    rows = [
        Row(
            (
                Cell(item.number, "code", url=reverse("desk-item", args=(item.number,))),
                Cell(item.title),
                Cell(item.get_state_display(), "state", tone=tone_of(item.state)),
                Cell(instant_text(item.opened_at), "date", instant=item.opened_at.isoformat()),
            )
        )
        for item in items
    ]
    return Table(_("Incidents that it caused"), columns, rows)


def _link(link: LinkRow) -> dict[str, Any]:
    other = Problem.objects.only("pk").get(number=link.number)
    return {"number": link.number, "title": link.title, "url": url_of(other), "relation": link.type}
