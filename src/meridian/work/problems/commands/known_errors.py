"""Known errors: written, published with their workaround, withdrawn."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command, standard_command, write_row
from meridian.engine.numbering import next_number
from meridian.engine.policies import Actor
from meridian.work.problems.commands.log import ERROR_SERIES, record
from meridian.work.problems.contracts import EventType
from meridian.work.problems.models import KnownError, Problem
from meridian.work.problems.rules import ANALYSIS, CAUSE_KNOWN, KNOWN_ERROR, LOGGED


@command("problems.knownerror.add", on=KnownError)
def add_known_error(*, actor: Actor, **fields: Any) -> KnownError:
    """Write down how a problem is told and worked around; nobody else reads it until it is published."""
    return write_row(KnownError(number=next_number(ERROR_SERIES)), fields)


change_known_error = standard_command(KnownError, "change")


@command("problems.knownerror.remove", on=KnownError, target="row")
def remove_known_error(*, actor: Actor, row: KnownError) -> None:
    """Throw a draft away; what was published stays on record."""
    if row.state != KnownError.State.DRAFT:
        raise Refusal(
            _("%(number)s was published and stays on record: withdraw it.") % {"number": row.number}
        )
    row.delete()


@command("problems.knownerror.publish", on=KnownError, target="row")
def publish_known_error(*, actor: Actor, row: KnownError) -> KnownError:
    """Show the workaround to everybody who asks for the same, and to the desk; the problem is known then."""
    if row.state == KnownError.State.PUBLISHED:
        raise Untimely(_("%(number)s is published already.") % {"number": row.number})
    now = timezone.now()
    if row.effective_until is not None and row.effective_until <= now:
        raise Refusal(
            _("%(number)s is in effect no longer: give it a later end first.") % {"number": row.number},
            "effective_until",
        )
    problem = Problem.objects.select_for_update().get(pk=row.problem_id)
    if not problem.is_open:
        raise Untimely(
            _("Its problem %(number)s is “%(state)s”: reopen that first.")
            % {"number": problem.number, "state": problem.get_state_display()}
        )
    row.state = KnownError.State.PUBLISHED
    row.save(update_fields=("state",))
    if problem.state in (LOGGED, ANALYSIS, CAUSE_KNOWN):
        record(actor, problem, EventType.KNOWN, {"state": KNOWN_ERROR}, known_error=row.number)
    return row


@command("problems.knownerror.withdraw", on=KnownError, target="row")
def withdraw_known_error(*, actor: Actor, row: KnownError) -> KnownError:
    """Show it to nobody any more; it stays on record and can be published again."""
    if row.state != KnownError.State.PUBLISHED:
        raise Untimely(_("%(number)s is not published.") % {"number": row.number})
    row.state = KnownError.State.WITHDRAWN
    row.save(update_fields=("state",))
    return row
