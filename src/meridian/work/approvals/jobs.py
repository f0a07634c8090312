"""What approvals do by themselves."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from meridian.engine.policies import system_actor
from meridian.work.approvals.commands import remind_step, void_if_changed
from meridian.work.approvals.contracts import State, StepState
from meridian.work.approvals.models import Approval, Approver, Step
from meridian.work.approvals.queries.subjects import digest_now

HOUSE = system_actor("Approvals")
# So long before its end a step is reminded of, or for the last quarter of a shorter time.
BEFORE = timedelta(hours=24)


def remind(timestamp: int) -> None:
    """Remind of what is due soon, and once more of what is overdue."""
    now = timezone.now()
    undecided = Approver.objects.filter(step=OuterRef("pk"), round=OuterRef("round"), decision="")
    never, since_due = Q(reminded_at=None), Q(reminded_at__lt=OuterRef("due_at"))
    steps = Step.objects.filter(Exists(undecided.filter(never | since_due)), state=StepState.OPEN)
    for step in steps.filter(due_at__lte=now + BEFORE).select_related("approval"):
        reminded = Approver.objects.filter(step=step, round=step.round, reminded_at__isnull=False).exists()
        if (_from(step) <= now and not reminded) or (step.due_at and step.due_at <= now):
            remind_step(actor=HOUSE, row=step)


def _from(step: Step) -> datetime:
    assert step.due_at is not None
    assert step.opened_at is not None
    return step.due_at - min(BEFORE, (step.due_at - step.opened_at) / 4)


def check(timestamp: int) -> None:
    """End the approvals of what was changed in a way of which nobody told."""
    for approval in Approval.objects.filter(state=State.WAITING).iterator(chunk_size=500):
        if digest_now(approval) != approval.digest:
            void_if_changed(actor=HOUSE, row=approval)
