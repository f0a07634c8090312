"""A proposal: the case, what reads like it, its technical review and its decision, on one page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request, policy_of
from meridian.steering.budgets import commands
from meridian.steering.budgets.commands.proposals import DECISIONS
from meridian.steering.budgets.models import FundingProposal
from meridian.steering.budgets.queries.proposals import proposals_like

State = FundingProposal.State
SCORES = [(number, str(number)) for number in range(1, 6)]


class ReviewForm(forms.Form):
    findings = forms.CharField(label=gettext_lazy("Findings"), widget=forms.Textarea(attrs={"rows": 4}))
    cost_score = forms.TypedChoiceField(label=gettext_lazy("Cost"), choices=SCORES, coerce=int)
    benefit_score = forms.TypedChoiceField(label=gettext_lazy("Benefit"), choices=SCORES, coerce=int)
    risk_score = forms.TypedChoiceField(
        label=gettext_lazy("Risk"), choices=SCORES, coerce=int, help_text=gettext_lazy("5 is the least risk.")
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=[(state.value, state.label) for state in DECISIONS]
    )
    why = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


@needs("budgets.fundingproposal.view")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_page(request: Request, key: int) -> HttpResponse:
    """Show a proposal; a post carries out its next step."""
    rows = FundingProposal.objects.permitted(request.actor).select_related("unit")
    proposal = rows.filter(pk=key).first()
    if proposal is None:
        raise Unseen(_("There is no such proposal, or it is not yours to see."))
    verb = request.POST.get("verb", "")
    form = _form(proposal, request.POST if verb in ("review", "decide") else None)
    if request.method == "POST":
        try:
            if _carry_out(request, proposal, verb, form):
                if verb != "decide":
                    messages.success(request, _("Recorded."))
                return redirect("budgets-proposal", key=key)
        except Unpermitted:
            raise
        except Refusal as fault:
            messages.error(request, str(fault))
            return redirect("budgets-proposal", key=key)
    return render(request, "budgets/proposal.html", _context(request, proposal, form))


def _carry_out(request: Request, proposal: FundingProposal, verb: str, form: Any) -> bool:
    if verb == "submit":
        commands.submit_proposal(actor=request.actor, row=proposal)
        return True
    if form is None or not form.is_valid():
        return False
    if verb == "review":
        review = commands.Review(**form.cleaned_data)
        commands.review_proposal(actor=request.actor, row=proposal, review=review)
        return True
    commands.decide_proposal(
        actor=request.actor,
        row=proposal,
        decision=form.cleaned_data["decision"],
        reason=form.cleaned_data["why"],
    )
    return True


def _form(proposal: FundingProposal, data: Any) -> forms.Form | None:
    if proposal.state in (State.DRAFT, State.REVIEWED):
        return ReviewForm(data)
    return DecisionForm(data) if proposal.state == State.SUBMITTED else None


def _context(request: Request, proposal: FundingProposal, form: forms.Form | None) -> dict[str, Any]:
    may = policy_of(FundingProposal).may
    verb = "decide" if proposal.state == State.SUBMITTED else "review"
    return {
        "proposal": proposal,
        "alike": proposals_like(proposal, request.actor),
        "form": form if form is not None and may(request.actor, verb) else None,
        "verb": verb,
        "may_submit": proposal.state == State.REVIEWED and may(request.actor, "submit"),
        "may_change": proposal.state in (State.DRAFT, State.REVIEWED) and may(request.actor, "change"),
        "scores": [
            (_("Cost"), proposal.cost_score),
            (_("Benefit"), proposal.benefit_score),
            (_("Risk"), proposal.risk_score),
        ],
    }
