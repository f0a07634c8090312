"""Ending an approval otherwise than by a decision."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Untimely, command
from meridian.engine.policies import Actor
from meridian.work.approvals.commands.deciding import end
from meridian.work.approvals.contracts import State
from meridian.work.approvals.models import Approval
from meridian.work.approvals.queries.subjects import digest_now


@command("approvals.approval.withdraw", on=Approval, target="row")
def withdraw_approval(*, actor: Actor, row: Approval) -> Approval:
    """Ask no longer: nobody decides it any more."""
    if row.state != State.WAITING:
        raise Untimely(_("This has ended already: %(state)s.") % {"state": row.get_state_display()})
    end(row, State.WITHDRAWN, actor.person_id)
    return row


@command(
    "approvals.approval.void",
    on=Approval,
    target="row",
    title=gettext_lazy("end an approval whose subject has changed"),
)
def void_if_changed(*, actor: Actor, row: Approval) -> Approval:
    """End an approval whose subject has changed or is gone: what was approved was something else."""
    if row.state == State.WAITING and digest_now(row) != row.digest:
        end(row, State.VOID, actor.person_id)
    return row
