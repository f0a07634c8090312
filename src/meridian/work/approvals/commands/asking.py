"""Asking for approval, step by step."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.engine.translation import in_language
from meridian.registers.people.facade import unit_of
from meridian.work.approvals.contracts import Mode, State, StepState, StepWish
from meridian.work.approvals.events import StepAsked
from meridian.work.approvals.models import Approval, Approver, Step
from meridian.work.approvals.queries.asked import people_asked
from meridian.work.approvals.queries.subjects import barred_from, subject_of
from meridian.work.approvals.rules import digest_of


@command("approvals.approval.ask", on=Approval, title=gettext_lazy("ask for approval"))
def ask_approval(
    *, actor: Actor, row: models.Model, requester: Any, steps: Sequence[StepWish], cost_centre: Any = None
) -> Approval:
    """Let a row be approved as it stands: its first step is asked at once, each further one after it.

    `requester` is the person for whom it is; they never approve it. Refuses a step that means nobody.
    """
    subject, unit = subject_of(row), unit_of(requester.pk)
    approval = Approval(
        resource=row._meta.label_lower,
        row_id=row.pk,
        subject=subject.title[:200],
        requester=requester,
        unit_id=unit[0] if unit else None,
        cost_centre=cost_centre,
        digest=digest_of(subject.content),
        asked_at=timezone.now(),
    )
    if not steps:
        raise Refusal(_("An approval has at least one step."))
    approval.save()
    made = [_step(approval, place, wish) for place, wish in enumerate(steps, start=1)]
    for step in made:
        people_of(step)
    open_step(made[0])
    return approval


def _step(approval: Approval, place: int, wish: StepWish) -> Step:
    if wish.mode not in Mode.values:
        raise Refusal(_("Choose how many have to approve: all, any or some."), "mode")
    return Step.objects.create(
        approval=approval,
        place=place,
        name=dict(wish.name),
        mode=wish.mode,
        needed=max(1, wish.needed),
        approvers=list(wish.approvers),
        due_hours=wish.due_hours,
    )


def people_of(step: Step) -> dict[int, str]:
    """Whom a step asks today; refuses one that means nobody, or fewer than it needs."""
    approval = step.approval
    path = approval.unit.path if approval.unit else ""
    found = people_asked(step.approvers, barred_from(approval), path, approval.cost_centre)
    needed = step.needed if step.mode == Mode.SOME else 1
    if len(found) < needed:
        raise Refusal(
            _(
                "The step “%(step)s” finds %(found)d who may approve and needs %(needed)d: nobody approves"
                " what they ask for themself or get. Say whom it asks, or who is chief or owner there."
            )
            % {"step": in_language(step.name), "found": len(found), "needed": needed},
            "approvers",
        )
    return found


def open_step(step: Step) -> Step:
    """Ask the people of a step, in a round of their own; who was asked earlier in vain is forgotten."""
    asked, now = people_of(step), timezone.now()
    Approver.objects.filter(step=step, decision="").delete()
    step.round += 1
    step.state, step.opened_at, step.ended_at = StepState.OPEN, now, None
    step.due_at = now + timedelta(hours=step.due_hours) if step.due_hours else None
    step.save()
    Approver.objects.bulk_create(
        Approver(step=step, round=step.round, person_id=person, expression=text)
        for person, text in sorted(asked.items())
    )
    publish(StepAsked(step.pk, step.round))
    return step


@command("approvals.step.reissue", on=Step, target="row")
def reissue_step(*, actor: Actor, row: Step) -> Step:
    """Ask a step anew, whoever is meant today: what was decided in it counts no more."""
    approval = Approval.objects.select_for_update().get(pk=row.approval_id)
    if approval.state != State.WAITING or row.state not in (StepState.OPEN, StepState.APPROVED):
        raise Untimely(_("Only a step that was asked, of an approval that waits, can be asked anew."))
    approval.steps.filter(place__gt=row.place).update(state=StepState.COMING, opened_at=None, ended_at=None)
    return open_step(row)
