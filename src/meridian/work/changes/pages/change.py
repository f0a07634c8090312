"""The page of a change: its way, its window and what stands in it, its risk and why, who authorises it."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.figures import instant_text, number_text
from meridian.engine.figures.spans import Spans
from meridian.engine.pages.asked import takes
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import Sight, unseen_text
from meridian.engine.values import url_of
from meridian.work.approvals import facade as approvals
from meridian.work.changes.commands.authorising import Backout, Experience, People, Testing
from meridian.work.changes.contracts import OPEN_STATES, State
from meridian.work.changes.models import Change, ChangeEvent
from meridian.work.changes.models.references import ConfigurationItem
from meridian.work.changes.pages.lines import TELLING
from meridian.work.changes.pages.tables import RISK_TONES, conflict_words
from meridian.work.changes.queries.conflicts import conflicts_of
from meridian.work.changes.resources import ChangeResource
from meridian.work.items.facade import timeline
from meridian.work.servicedesk.facade import WorkItem

ANSWERS = {"experience": Experience, "testing": Testing, "backout": Backout, "people": People}


@needs("changes.change.view")
@require_safe
@takes("events")
def change_page(request: Request, key: int) -> HttpResponse:
    """Everything about one change on one page."""
    change, actor = visible_row(ChangeResource, request.actor, key), request.actor
    detail = DetailPage(ChangeResource)
    rows = timeline(change, internal=True, whole=request.GET.get("events") == "all")
    found = TELLING.beside(change, rows.shown, actor.person_id)
    is_planned = change.state in ("draft", "assess", "authorise", "scheduled")
    context = {
        "row": change,
        "head": _head(request, detail, change),
        "crumbs": [{"title": _("Changes today"), "url": reverse("changes-today")}],
        "tabs": detail.tabs(request, change, ""),
        "way": _way(change),
        "things": _things(actor, change),
        "conflicts": [conflict_words(one) for one in conflicts_of(change)] if is_planned else [],
        "risk": _risk(change),
        "steps": approvals.progress(change),
        "caused": _caused(actor, change),
        "events": TELLING.told(rows.shown, found, Sight(actor)),
        "events_cut": rows,
        "facts": _facts(actor, change),
    }
    return render(request, "changes/change.html", context | given_parts(request, change))


def _head(request: Request, detail: DetailPage, change: Change) -> dict[str, Any]:
    head = detail.head(request, change)
    head["title"], head["number"] = change.title, change.number
    head["kind"] = f"{change.get_kind_display()} · {head['kind']}"
    head["facts"] = [{"label": _("Implementer"), "text": str(change.assignee or _("nobody"))}]
    if change.planned_from is not None:
        at = change.planned_from
        head["facts"].append({"label": _("Window"), "text": instant_text(at), "instant": at.isoformat()})
    if change.review_due_at is not None and change.state == State.REVIEW:
        due, late = Spans(timezone.now()).due(change.review_due_at)
        head["facts"].append({"label": _("Review due"), "text": due, "tone": "bad" if late else "watch"})
    return head


def _way(change: Change) -> list[dict[str, Any]]:
    """The states from draft to closed, as far as the change has come."""
    states = [*OPEN_STATES, State.CLOSED]
    if change.kind == "standard":
        states = [state for state in states if state not in (State.ASSESS, State.AUTHORISE)]
    places = {str(state): place for place, state in enumerate(states)}
    here = places.get(change.state, -1)
    return [
        {"title": state.label, "done": place < here, "now": place == here}
        for place, state in enumerate(states)
    ]


def _things(actor: Actor, change: Change) -> list[dict[str, str]]:
    """What it touches; of what the reader may not see, that there is something."""
    seen = ConfigurationItem.objects.permitted(actor).filter(pk=OuterRef("pk"))
    touched = ConfigurationItem.objects.filter(changes__change=change).order_by("reference")
    entries = touched.annotate(is_seen=Exists(seen))
    return [
        {"title": str(entry), "kind": entry.get_kind_display(), "url": url_of(entry)}
        if entry.is_seen
        else {"title": _("something that is not yours to see"), "kind": "", "url": ""}
        for entry in entries
    ]


def _risk(change: Change) -> dict[str, Any] | None:
    """The score with every reason for it."""
    if change.risk_score is None:
        return None
    event = ChangeEvent.objects.filter(item=change, type="assessed").order_by("-sequence").first()
    because = event.data.get("because", {}) if event else {}
    given = because.get("answers", {})
    answers = [str(kind(str(given[name])).label) for name, kind in ANSWERS.items() if name in given]
    return {
        "score": number_text(change.risk_score),
        "level": change.get_risk_level_display(),
        "tone": RISK_TONES[change.risk_level],
        "reasons": [
            _("Likelihood %(likelihood)s of 100 by the answers: %(answers)s.")
            % {"likelihood": because.get("likelihood", 0), "answers": "; ".join(answers)},
            _("Impact %(impact)s of 100: the gravest thing that it touches is %(thing)s.")
            % {"impact": because.get("impact", 0), "thing": because.get("gravest") or "–"},
            _("History: of %(done)s changes to the same things within a year %(failed)s failed.")
            % {"done": because.get("implemented", 0), "failed": because.get("failed", 0)},
        ],
    }


def _caused(actor: Actor, change: Change) -> list[dict[str, str]]:
    rows = WorkItem.objects.permitted(actor, "queue").filter(caused_by__change=change).order_by("pk")
    return [
        {"title": f"{row.number} {row.title}", "url": reverse("desk-item", args=(row.number,))}
        for row in rows
    ]


def _facts(actor: Actor, change: Change) -> list[dict[str, str]]:
    facts = [
        {"label": _("Asked by"), "text": str(change.requester)},
        {"label": _("Team"), "text": str(change.team)},
        {"label": _("From the model"), "text": str(change.model or "")},
        {"label": _("Outcome"), "text": change.get_outcome_display()},
    ]
    if change.problem is not None:
        fixed = {"text": unseen_text()}
        if Sight(actor).sees(type(change.problem), change.problem_id):
            fixed = {"text": change.problem.number, "url": url_of(change.problem)}
        facts.append({"label": _("Fixes"), **fixed})
    instants = (
        (_("Planned from"), change.planned_from),
        (_("Planned until"), change.planned_until),
        (_("Authorised"), change.authorised_at),
        (_("Begun"), change.started_at),
        (_("Ended"), change.completed_at),
    )
    return facts + [
        {"label": label, "text": instant_text(at), "instant": at.isoformat()} for label, at in instants if at
    ]
