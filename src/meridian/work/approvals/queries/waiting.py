"""What waits for whose decision, and how far an approval is."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from meridian.engine.figures import instant_text
from meridian.engine.policies import Actor
from meridian.work.approvals.contracts import ShownStep, State, StepState
from meridian.work.approvals.models import Approval, Approver
from meridian.work.approvals.queries.standing import in_place_of

STEP_TONES = {"coming": "still", "open": "watch", "approved": "good", "rejected": "bad", "dropped": "still"}


def waiting_for(actor: Actor) -> QuerySet[Approver]:
    """What the actor may decide now, in person or in somebody's place: what is due first comes first."""
    if actor.person_id is None:
        return Approver.objects.none()
    mine = Approver.objects.permitted(actor, "decide").filter(in_place_of(actor.person_id))
    rows = mine.exclude(step__approval__requester=actor.person_id).filter(
        decision="", step__state=StepState.OPEN, step__approval__state=State.WAITING
    )
    rows = rows.select_related("step__approval__requester", "person")
    return rows.order_by(F("step__due_at").asc(nulls_last=True), "pk")


def approval_of(resource: str, row_id: int) -> Approval | None:
    """The last approval that was asked of a row."""
    return Approval.objects.filter(resource=resource, row_id=row_id).order_by("-pk").first()


def shown_steps(approval: Approval, actor: Actor | None) -> Sequence[ShownStep]:
    """The steps of an approval with who was asked last and what they said; for an `actor` why they said so
    only where they may see that."""
    asked: dict[int, list[Approver]] = {}
    people = Approver.objects.filter(step__approval=approval, round=F("step__round"))
    seen = set(people.permitted(actor, "view").values_list("pk", flat=True)) if actor else None
    for row in people.select_related("person", "decided_by").order_by("pk"):
        asked.setdefault(row.step_id, []).append(row)
    return [
        ShownStep(
            str(step.name),
            step.state,
            step.get_state_display(),
            STEP_TONES[step.state],
            [_person(row, is_told=seen is None or row.pk in seen) for row in asked.get(step.pk, [])],
        )
        for step in approval.steps.order_by("place")
    ]


def _person(row: Approver, *, is_told: bool) -> dict[str, str]:
    in_place = row.decided_by_id not in (None, row.person_id)
    return {
        "name": str(row.person),
        "decision": row.decision,
        "words": row.get_decision_display() if row.decision else "",
        "reason": row.reason if is_told else "",
        "by": f"{row.decided_by} ({row.get_standing_display()})" if in_place else "",
        "at": instant_text(row.decided_at) if row.decided_at else "",
        "instant": row.decided_at.isoformat() if row.decided_at else "",
    }
