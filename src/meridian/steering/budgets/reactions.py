"""Who is told of funding proposals."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.audit.authors import authors_of
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import FieldOf, in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import holders_of
from meridian.steering.budgets.events import ProposalMoved
from meridian.steering.budgets.models import FundingProposal

State = FundingProposal.State
MOVED: dict[str, Promise] = {
    State.REVIEWED: _("Technically reviewed, to be submitted: %(proposal)s, %(cost)s"),
    State.SUBMITTED: _("Submitted, to be decided: %(proposal)s, %(cost)s"),
    State.APPROVED: _("Approved: %(proposal)s, %(cost)s"),
    State.DEFERRED: _("Deferred: %(proposal)s, %(cost)s"),
    State.REJECTED: _("Rejected: %(proposal)s, %(cost)s"),
}


def tell_of_proposal(event: ProposalMoved) -> None:
    """Tell those who may decide what waits for them, and its authors what became of a proposal."""
    proposal = FundingProposal.objects.select_related("unit").filter(pk=event.proposal).first()
    if proposal is None:
        return
    waits = event.state == State.SUBMITTED
    told = holders_of("budgets.fundingproposal.decide", proposal.unit.path) if waits else authors_of(proposal)
    named = f"{proposal.code} {proposal.title}"
    tidings = Tidings(
        kind="budgets.to_decide" if waits else "budgets.decided",
        text=in_words(MOVED[event.state], proposal=named, cost=FieldOf(proposal, "cost_usd")),
        url=reverse("budgets-fundingproposal-detail", args=(proposal.pk,)),
        words=proposal.decision_reason if proposal.decided_at else proposal.review_findings,
        occasion=f"budgets.proposal.{proposal.pk}.{event.version}",
    )
    tell(actor=system_actor("Budgets"), account_ids=told - {event.account}, tidings=tidings)
