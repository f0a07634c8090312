"""Deciding: what waits for the reader, many at once or one by one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import instant_text, number_text
from meridian.engine.figures.spans import Spans
from meridian.engine.inputs.build import blame
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import row_key
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.approvals.commands import decide
from meridian.work.approvals.contracts import Decision
from meridian.work.approvals.models import Approver
from meridian.work.approvals.offers import Reason
from meridian.work.approvals.queries.subjects import subject_now
from meridian.work.approvals.queries.waiting import shown_steps, waiting_for

MOST = 100


@needs("approvals.approver.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: Request) -> HttpResponse:
    """Everything that waits for the reader, and the same decision for those that are ticked."""
    form = Reason(request.POST or None)
    picked = request.POST.getlist("pick")
    if request.method == "POST" and form.is_valid():
        try:
            return once_on_page(request, lambda: _decided(request, picked, form))
        except Refusal as refusal:
            blame(form, refusal)
    found = cut(waiting_for(request.actor), MOST)
    spans = Spans(timezone.now())
    cards = [_card(row, spans, row_picked=str(row.pk) in picked) for row in found.shown]
    context = {"cards": cards, "cut": found, "form": form}
    return render(request, "approvals/waiting.html", context, status=422 if form.errors else 200)


def _decided(request: Request, picked: list[str], form: forms.Form) -> HttpResponse:
    """Decide all that are ticked, or none of them."""
    decision = _pressed(request)
    keys = {row_key(key) for key in picked}
    rows = list(waiting_for(request.actor).filter(pk__in=keys))
    if not rows or len(rows) < len(picked):
        raise Refusal(_("Tick what you decide; what is not here any more was decided meanwhile."))
    with transaction.atomic():
        for row in rows:
            decide(actor=request.actor, row=row, decision=decision, reason=form.cleaned_data["reason"])
    words = ngettext("One decision is noted.", "%(count)s decisions are noted.", len(rows))
    messages.success(request, words % {"count": number_text(len(rows))})
    return redirect("approvals-waiting")


@needs("approvals.approver.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, key: int) -> HttpResponse:
    """What is asked, how far it is, who said what, and the two buttons."""
    seen = Approver.objects.permitted(request.actor, "view").select_related("step__approval__requester")
    row = seen.filter(pk=key).first()
    if row is None:
        raise Unseen(_("There is nothing to decide here, or it is not yours to see."))
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once_on_page(request, lambda: _decide_one(request, row, form))
        except Refusal as refusal:
            blame(form, refusal)
    context = _shown(request, row) | {"form": form}
    return render(request, "approvals/one.html", context, status=422 if form.errors else 200)


def _decide_one(request: Request, row: Approver, form: forms.Form) -> HttpResponse:
    decision = _pressed(request)
    decide(actor=request.actor, row=row, decision=decision, reason=form.cleaned_data["reason"])
    messages.success(request, _("Your decision is noted: %(decision)s.") % {"decision": decision.label})
    return redirect("approvals-waiting")


def _pressed(request: Request) -> Decision:
    pressed = request.POST.get("press", "")
    if pressed not in Decision.values:
        raise Refusal(_("Press one of the buttons."))
    return Decision(pressed)


def _shown(request: Request, row: Approver) -> dict[str, Any]:
    approval = row.step.approval
    subject = subject_now(approval)
    may = waiting_for(request.actor).filter(pk=row.pk).exists()
    facts = [
        {"label": _("Asked by"), "text": str(approval.requester)},
        {"label": _("Asked"), "text": instant_text(approval.asked_at)},
        *(subject.facts if subject else ()),
    ]
    return {
        "approval": approval,
        "subject": subject,
        "facts": facts,
        "steps": shown_steps(approval, request.actor),
        "may": may,
        "in_place_of": row.person if row.person_id != request.actor.person_id else None,
        "crumbs": [{"title": _("Waiting for my decision"), "url": reverse("approvals-waiting")}],
    }


def _card(row: Approver, spans: Spans, *, row_picked: bool) -> dict[str, Any]:
    approval = row.step.approval
    due, late = spans.due(row.step.due_at) if row.step.due_at else ("", False)
    return {
        "key": row.pk,
        "title": approval.subject,
        "requester": str(approval.requester),
        "step": str(row.step.name),
        "since": spans.since(approval.asked_at),
        "instant": approval.asked_at.isoformat(),
        "due": due,
        "tone": "bad" if late else "watch",
        "picked": row_picked,
        "in_place_of": str(row.person),
    }


root_urlpatterns = [
    path("decisions/", waiting, name="approvals-waiting"),
    path("decisions/<int:key>/", one, name="approvals-decide"),
]
