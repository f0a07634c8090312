"""A funding proposal: the case, what reads like it, its technical review and its decision, on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Request
from meridian.steering.budgets.queries.proposals import proposals_like
from meridian.steering.budgets.resources import FundingProposalResource


@needs("budgets.fundingproposal.view")
@require_safe
def proposal_page(request: Request, key: int) -> HttpResponse:
    """Everything that the committee reads, with its next steps as buttons."""
    proposal = visible_row(FundingProposalResource, request.actor, key)
    detail = DetailPage(FundingProposalResource)
    head = detail.head(request, proposal)
    head["facts"] = [
        {"label": _("Unit"), "text": str(proposal.unit)},
        {"label": _("Fund"), "text": proposal.get_fund_display()},
    ]
    context = {
        "proposal": proposal,
        "head": head,
        "crumbs": [detail.list_crumb()],
        "tabs": detail.tabs(request, proposal, ""),
        "alike": proposals_like(proposal, request.actor),
        "scores": [
            (_("Cost"), proposal.cost_score),
            (_("Benefit"), proposal.benefit_score),
            (_("Risk"), proposal.risk_score),
        ],
    }
    return render(request, "budgets/proposal.html", context | given_parts(request, proposal))
