"""The day of a problem manager: what rises, what has no cause yet, what is only worked around."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import cut
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import counted
from meridian.engine.policies import Actor, Request, policy_of
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.work.problems.models import Candidate, Problem

MOST_ROWS = 25


@needs("problems.problem.view")
@require_safe
def today(request: Request) -> HttpResponse:
    """What waits for whoever keeps problems, the most pressing first."""
    actor = request.actor
    problems = cut(_pressing(actor), MOST_ROWS)
    found = cut(_candidates(actor), MOST_ROWS)
    context = {
        "tiles": _tiles(actor),
        "problems": _problem_table(problems.shown),
        "problems_cut": problems,
        "problems_url": f"{reverse('problems-problem-list')}?is_open=1",
        "candidates": _candidate_table(found.shown),
        "candidates_cut": found,
        "candidates_url": reverse("problems-candidate-list"),
        "may_find": policy_of(Candidate).may(actor, "view"),
        "may_add": policy_of(Problem).may(actor, "add"),
    }
    return render(request, "problems/today.html", context)


def _pressing(actor: Actor) -> QuerySet[Problem]:
    rows = Problem.objects.permitted(actor).filter(is_open=True).select_related("team", "assignee")
    return rows.annotate(incidents=Count("attached_incidents")).order_by("priority", "opened_at", "pk")


def _candidates(actor: Actor) -> QuerySet[Candidate]:
    return (
        Candidate.objects.permitted(actor)
        .filter(state=Candidate.State.FOUND)
        .order_by("-found_on", "-recent_count", "pk")
    )


def _tiles(actor: Actor) -> list[dict[str, Any]]:
    problems = Problem.objects.permitted(actor)
    tones = (
        ("logged", _("logged, not looked into"), "watch"),
        ("analysis", _("in analysis"), "accent"),
        ("known_error", _("only worked around"), "watch"),
        ("fix_in_change", _("fix in a change"), "accent"),
    )
    figures = [
        counted(problems.filter(state=state), label, tone, state=state) for state, label, tone in tones
    ]
    return [
        {"number": one.number, "label": one.label, "url": one.url, "tone": one.tone, "proof": one.proof}
        for one in figures
    ]


def _problem_table(rows: list[Any]) -> Table:
    spans, tone_of = Spans(timezone.now()), resource_of(Problem).tone_of
    columns = (
        Column(_("Problem")),
        Column(_("State"), "state"),
        Column(_("Priority"), "number", why=Unproved.HELD),
        Column(_("Incidents"), "number", why=Unproved.LISTED),
        Column(_("Problem manager"), minor=True),
        Column(_("Logged"), "date", minor=True),
    )
    return Table(
        _("Open problems, the gravest first"),
        columns,
        [
            Row(
                (
                    Cell(f"{row.number} {row.title}", url=url_of(row)),
                    Cell(row.get_state_display(), "state", tone=tone_of(row.state)),
                    Cell(number_text(row.priority), "number"),
                    Cell(number_text(row.incidents), "number", url=url_of(row)),
                    Cell(str(row.assignee or "–")),
                    Cell(spans.since(row.opened_at), "date", instant=row.opened_at.isoformat()),
                )
            )
            for row in rows
        ],
    )


def _candidate_table(rows: list[Candidate]) -> Table:
    columns = (
        Column(_("What incidents have in common")),
        Column(_("In common"), minor=True),
        Column(_("Last week"), "number", why=Unproved.HELD),
        Column(_("Four weeks before"), "number", why=Unproved.HELD),
    )
    return Table(
        _("What rises among incidents"),
        columns,
        [
            Row(
                (
                    Cell(row.mark, url=url_of(row)),
                    Cell(row.get_basis_display()),
                    Cell(number_text(row.recent_count), "number"),
                    Cell(number_text(row.before_count), "number"),
                )
            )
            for row in rows
        ],
    )
