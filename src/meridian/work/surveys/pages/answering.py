"""Answering: on a phone, without scripts, in one's own language."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import instant_text
from meridian.engine.inputs.build import blame
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.surveys import commands
from meridian.work.surveys.models import Answer, Invitation
from meridian.work.surveys.queries.forms import answer_form, field_of, given_in


@needs("surveys.invitation.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: Request, key: int) -> HttpResponse:
    """The questions of an invitation; a press of a score elsewhere (`press`) answers its one question."""
    rows = Invitation.objects.permitted(request.actor, "answer")
    row = rows.select_related("question_set", "campaign", "item").filter(pk=key).first()
    if row is None:
        raise Unseen(_("There is no such question, or it is not put to you."))
    questions = list(row.question_set.questions.order_by("place", "pk"))
    sent = request.POST.copy() if request.method == "POST" else None
    if sent and len(questions) == 1 and (pressed := request.POST.get("press")):
        sent[field_of(questions[0])] = str(pressed)
    given = Answer.objects.filter(invitation=row).first()
    form = answer_form(row, questions)(sent, initial=_initial(given))
    if sent is not None and form.is_valid():
        return once_on_page(request, lambda: _answered(request, row, questions, form))
    return _show(request, row, form)


def _initial(given: Answer | None) -> dict[str, Any]:
    if given is None:
        return {}
    scores = {f"score_{code}": score for code, score in given.scores.items()}
    return {**scores, "reasons": given.reasons, "text": given.text}


def _answered(request: Request, row: Invitation, questions: list[Any], form: Any) -> HttpResponse:
    found = form.cleaned_data
    try:
        commands.answer(
            actor=request.actor,
            row=row,
            scores=given_in(questions, found),
            reasons=" ".join(found.get("reasons", ())),
            text=found["text"],
            language=get_language() or "en",
        )
    except Refusal as refusal:
        blame(form, refusal)
        return _show(request, row, form, refusal.status)
    messages.success(request, _("Thank you. Your answer is kept; you may mend it for 12 hours."))
    return redirect("portal-follow", row.item.number) if row.item else redirect("home")


def _show(request: Request, row: Invitation, form: Any, status: int = 200) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "until": instant_text(row.expires_at),
        "submit": _("Send"),
    }
    return render(request, "surveys/answer.html", context, status=422 if form.errors else status)
