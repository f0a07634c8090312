"""Noting that the approvers of a step were reminded."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.work.approvals.events import DecisionDue
from meridian.work.approvals.models import Approver, Step


@command("approvals.step.remind", on=Step, target="row", title=_("remind who has not decided"))
def remind_step(*, actor: Actor, row: Step) -> Step:
    """Remind those who have not decided, once before the time that was given ends and once after it."""
    now = timezone.now()
    undecided = Approver.objects.filter(step=row, round=row.round, decision="")
    undecided.update(reminded_at=now)
    publish(DecisionDue(row.pk, row.round, row.due_at is not None and row.due_at <= now))
    return row
