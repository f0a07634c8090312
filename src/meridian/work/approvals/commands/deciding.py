"""Deciding, and what decisions come to."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.approvals.commands.asking import open_step
from meridian.work.approvals.contracts import Decision, Mode, State, StepState
from meridian.work.approvals.events import ApprovalDecided
from meridian.work.approvals.models import Approval, Approver, Step
from meridian.work.approvals.queries.standing import standing_of
from meridian.work.approvals.queries.subjects import barred_from, digest_now
from meridian.work.approvals.rules import outcome


@command("approvals.approver.decide", on=Approver, target="row")
def decide(*, actor: Actor, row: Approver, decision: Decision, reason: str = "") -> Approver:
    """Approve or reject, in person or in the place of whom one stands in for; a rejection says why."""
    approval = Approval.objects.select_for_update().get(steps=row.step_id)
    step = Step.objects.select_for_update().get(pk=row.step_id)
    _refuse(row, step, approval)
    if actor.person_id is None or actor.person_id in barred_from(approval):
        raise Refusal(_("Nobody approves what they asked for themself, or what is for them."))
    if decision == Decision.REJECTED and not can_be_seen(reason):
        raise Refusal(_("Say why: whoever asked reads these words."), "reason")
    row.standing = standing_of(actor.person_id, row.person_id)
    if not row.standing:
        raise Refusal(_("This is for somebody else to decide."))
    _refuse_second_voice(row, step, actor.person_id)
    row.decision, row.reason = Decision(decision).value, reason.strip()
    row.decided_by_id, row.decided_at = actor.person_id, timezone.now()
    row.channel = trail.channel()
    row.save()
    _go_on(step, approval, actor.person_id)
    return row


def _refuse(row: Approver, step: Step, approval: Approval) -> None:
    if approval.state != State.WAITING:
        raise Untimely(_("This has ended already: %(state)s.") % {"state": approval.get_state_display()})
    if row.decision:
        sentence = _("%(person)s has decided this already.")
        raise Untimely(sentence % {"person": row.decided_by})
    if step.state != StepState.OPEN or row.round != step.round:
        raise Untimely(_("This step is not asked now."))
    if digest_now(approval) != approval.digest:
        raise Untimely(_("What was to be approved has changed since it was asked: it has to be asked anew."))


def _refuse_second_voice(row: Approver, step: Step, person: int) -> None:
    """So many of several are so many people: nobody is two of them by standing in for another."""
    said = Approver.objects.filter(step=step, round=step.round, decided_by=person).exclude(pk=row.pk)
    if step.mode == Mode.SOME and said.exists():
        raise Refusal(
            _("You have decided in this step already, and it asks for several people: somebody else decides.")
        )


def _go_on(step: Step, approval: Approval, person: int) -> None:
    """End the step when its outcome is clear; then the next one is asked, or the approval has ended."""
    said = list(Approver.objects.filter(step=step, round=step.round).values_list("decision", flat=True))
    approved, rejected = said.count(Decision.APPROVED), said.count(Decision.REJECTED)
    found = outcome(step.mode, step.needed, len(said), approved, rejected)
    if not found:
        return
    step.state, step.ended_at = StepState(found), timezone.now()
    step.save()
    following = approval.steps.filter(state=StepState.COMING).order_by("place").first()
    if found == Decision.APPROVED and following is not None:
        open_step(following)
        return
    end(approval, State(found), person)


def end(approval: Approval, state: State, person: int | None) -> None:
    """Close an approval, with the steps that are not asked any more, and tell higher rooms."""
    approval.state, approval.ended_at = state, timezone.now()
    approval.save()
    approval.steps.filter(state__in=(StepState.COMING, StepState.OPEN)).update(state=StepState.DROPPED)
    publish(
        ApprovalDecided(
            approval.pk, approval.resource, approval.row_id, state.value, person, approval.ended_at
        )
    )
