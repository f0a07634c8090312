"""Proposals: written, technically reviewed, submitted, decided."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Warned, clean_row, command
from meridian.engine.events import publish
from meridian.engine.figures import amount_text
from meridian.engine.policies import Actor
from meridian.steering.budgets.events import ProposalMoved
from meridian.steering.budgets.models import FundingProposal

State = FundingProposal.State
DECISIONS = (State.APPROVED, State.DEFERRED, State.REJECTED)


@command("budgets.fundingproposal.add", on=FundingProposal)
def add_proposal(*, actor: Actor, **fields: Any) -> FundingProposal:
    """Write a proposal as a draft."""
    return _write(FundingProposal(), fields)


@command("budgets.fundingproposal.change", on=FundingProposal, target="row")
def change_proposal(*, actor: Actor, row: FundingProposal, **fields: Any) -> FundingProposal:
    """Change a proposal before it is submitted; what was reviewed must be reviewed again."""
    if row.state not in (State.DRAFT, State.REVIEWED):
        raise Refusal(_("A submitted proposal stays as it is; write a new one."))
    row.state = State.DRAFT
    return _write(row, fields)


@command("budgets.fundingproposal.remove", on=FundingProposal, target="row")
def remove_proposal(*, actor: Actor, row: FundingProposal) -> None:
    """Remove a draft."""
    if row.state != State.DRAFT:
        raise Refusal(_("Only a draft can be removed."))
    row.delete()


@command("budgets.fundingproposal.review", on=FundingProposal, target="row")
def review_proposal(
    *,
    actor: Actor,
    row: FundingProposal,
    findings: str,
    cost_score: int,
    benefit_score: int,
    risk_score: int,
) -> FundingProposal:
    """Record the technical review of a draft; scores run from 1 (poor) to 5 (good, or low risk)."""
    _refuse_unless(row, State.DRAFT, State.REVIEWED)
    scores = {"cost": cost_score, "benefit": benefit_score, "risk": risk_score}
    for name, score in scores.items():
        if not 1 <= score <= 5:
            raise Refusal(_("Scores run from 1 to 5."), f"{name}_score")
        setattr(row, f"{name}_score", score)
    if not findings.strip():
        raise Refusal(_("Say what the technical review found."), "findings")
    row.review_findings, row.state = findings, State.REVIEWED
    return _moved(actor, row)


@command("budgets.fundingproposal.submit", on=FundingProposal, target="row")
def submit_proposal(*, actor: Actor, row: FundingProposal) -> FundingProposal:
    """Submit a proposal that was technically reviewed."""
    if row.state == State.DRAFT:
        raise Refusal(_("A proposal is submitted after its technical review; ask for the review first."))
    _refuse_unless(row, State.REVIEWED)
    row.state = State.SUBMITTED
    return _moved(actor, row)


def _warn_of_deciding(rows: list[FundingProposal], given: Any) -> Warned:
    decision = dict(State.choices).get(given["decision"], given["decision"])
    facts = {"title": rows[0].title, "decision": decision, "cost": amount_text(rows[0].cost_usd)}
    return Warned(
        title=_("Decide on “%(title)s”: %(decision)s?") % facts,
        does=(_("The proposal of USD %(cost)s is recorded as: %(decision)s.") % facts,),
        lost=_("The committee's decision stays on record and can't be changed."),
        button=_("Record the decision"),
        done=_("Recorded: “%(title)s”, %(decision)s. Its author reads the reason on this page.") % facts,
    )


@command("budgets.fundingproposal.decide", on=FundingProposal, target="row", warns=_warn_of_deciding)
def decide_proposal(*, actor: Actor, row: FundingProposal, decision: str, reason: str) -> FundingProposal:
    """Record what the committee decided and why."""
    _refuse_unless(row, State.SUBMITTED)
    if decision not in DECISIONS:
        raise Refusal(_("Decide to approve, defer or reject."), "decision")
    if not reason.strip():
        raise Refusal(_("Say why: a decision needs its reason."), "reason")
    row.state, row.decision_reason, row.decided_at = decision, reason, timezone.now()
    return _moved(actor, row)


def _moved(actor: Actor, row: FundingProposal) -> FundingProposal:
    _write(row, {})
    publish(ProposalMoved(row.pk, row.version, actor.account_id, timezone.now(), row.state))
    return row


def _refuse_unless(row: FundingProposal, *states: str) -> None:
    if row.state not in states:
        raise Refusal(
            _("This can't be done to a proposal that is “%(state)s”.") % {"state": row.get_state_display()}
        )


def _write(row: FundingProposal, fields: dict[str, Any]) -> FundingProposal:
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row
