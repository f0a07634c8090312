"""The door of approvals for other modules; docs/developers/approvals.md."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import QuerySet

from meridian.engine.policies import Actor, system_actor
from meridian.work.approvals import commands
from meridian.work.approvals.contracts import Decision, ShownStep, State, StepState, StepWish
from meridian.work.approvals.models import Approval, Approver
from meridian.work.approvals.queries.standing import in_place_of
from meridian.work.approvals.queries.waiting import approval_of, shown_steps
from meridian.work.approvals.rules import read_expression

__all__ = [
    *("approval_of", "ask", "asked_of", "changed", "decide_all", "is_expression", "is_last", "progress"),
    "withdraw",
]

HOUSE = system_actor("Approvals")


def ask(row: models.Model, requester: Any, steps: Sequence[StepWish], cost_centre: Any = None) -> Approval:
    """Let a row be approved as it stands, inside of the command that wants it."""
    return commands.ask_approval(
        actor=HOUSE, row=row, requester=requester, steps=steps, cost_centre=cost_centre
    )


def changed(row: models.Model) -> None:
    """Tell that a row was edited: when what is approved differs, its waiting approval is void."""
    approval = _waiting(row)
    if approval is not None:
        commands.void_if_changed(actor=HOUSE, row=approval)


def withdraw(row: models.Model) -> None:
    """Ask no longer for the approval of a row, where it is asked."""
    approval = _waiting(row)
    if approval is not None:
        commands.withdraw_approval(actor=HOUSE, row=approval)


def decide_all(row: models.Model, decision: str, reason: str) -> None:
    """Let everybody who is asked decide the same, for the demo organisation."""
    while (approval := _waiting(row)) is not None:
        asked = Approver.objects.filter(step__approval=approval, step__state=StepState.OPEN, decision="")
        approver = asked.select_related("person").order_by("pk")[0]
        actor = Actor(None, approver.person_id, str(approver.person), HOUSE.grants)
        commands.decide(actor=actor, row=approver, decision=Decision(decision), reason=reason)


def progress(row: models.Model, actor: Actor | None = None) -> Sequence[ShownStep]:
    """The steps of the last approval of a row, for a page that draws it.

    `actor` is a reader to whom it isn't told why who decided so, but where they ask or are asked themselves.
    """
    approval = approval_of(row._meta.label_lower, row.pk)
    return shown_steps(approval, actor) if approval is not None else ()


def asked_of(person: int, model: type[models.Model]) -> QuerySet[Any]:
    """The keys of the rows of a model that somebody is or was asked to approve, or somebody in whose place
    they may decide."""
    asked = Approver.objects.filter(in_place_of(person), step__approval__resource=model._meta.label_lower)
    return asked.values("step__approval__row_id")


def is_last(approval: int, row: models.Model) -> bool:
    """Whether no other approval of a row was asked since this one: what was decided on it still counts."""
    last = approval_of(row._meta.label_lower, row.pk)
    return last is not None and last.pk == approval


def is_expression(text: str) -> bool:
    """Whether a text says who is asked."""
    return read_expression(text) is not None


def _waiting(row: models.Model) -> Approval | None:
    found: Mapping[str, Any] = {"resource": row._meta.label_lower, "row_id": row.pk, "state": State.WAITING}
    return Approval.objects.filter(**found).first()
