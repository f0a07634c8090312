"""A command for every gate that a proposal passes; each is kept with who decided, when and why."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.policies import Actor
from meridian.steering.portfolio.models import GateDecision, Proposal
from meridian.steering.portfolio.queries import clock_of
from meridian.steering.portfolio.rules.gates import GATES
from meridian.work.projects.facade import add_project, project_of


def _gate(verb: str) -> Callable[..., Proposal]:
    gate = GATES[verb]

    def pass_gate(*, actor: Actor, row: Proposal, on: date | None = None, reason: str = "") -> Proposal:
        if row.state not in gate.sources:
            raise Untimely(
                _("“%(proposal)s” is at “%(state)s”; this gate is not open to it.")
                % {"proposal": row, "state": row.get_state_display()}
            )
        day = on or timezone.localdate()
        GUARDS[verb](actor, row, day, reason)
        row.state = gate.target
        row.save()
        GateDecision.objects.create(
            proposal=row,
            gate=verb,
            state=gate.target,
            decided_by=actor.label[:120],
            decided_on=day,
            reasons=reason,
        )
        return row

    pass_gate.__doc__ = gate.meaning
    return command(f"portfolio.proposal.{verb}", on=Proposal, target="row")(pass_gate)


def _ready_for_review(actor: Actor, row: Proposal, day: date, reason: str) -> None:
    """A committee reads a case with a preferred option that has lines."""
    if not str(row.case):
        raise Refusal(gettext_lazy("Write the business case first."), "case")
    preferred = row.options.filter(is_preferred=True).first()
    if preferred is None or not preferred.costs.exists():
        raise Untimely(gettext_lazy("Mark the preferred option and give it cost lines first."))


def _has_reasons(actor: Actor, row: Proposal, day: date, reason: str) -> None:
    if not reason.strip():
        raise Refusal(gettext_lazy("Say why, so that its author can learn from it."), "reason")


def _make_project(actor: Actor, row: Proposal, day: date, reason: str) -> None:
    """What is approved becomes a project of the same code; one that exists already is taken."""
    row.project = project_of(row.code) or add_project(
        actor=actor,
        code=row.code,
        name=row.name,
        purpose=row.case,
        unit=row.unit,
        starts_on=row.starts_on,
        ends_on=row.live_on,
    )


def _went_live(actor: Actor, row: Proposal, day: date, reason: str) -> None:
    if day > timezone.localdate():
        raise Refusal(gettext_lazy("Go-live is reported when it has happened, not before."), "on")
    if day < row.starts_on:
        raise Refusal(gettext_lazy("Nothing goes live before its first day."), "on")
    row.went_live_on = day


def _is_stable(actor: Actor, row: Proposal, day: date, reason: str) -> None:
    stable_on = clock_of(row).stable_on
    if day < stable_on:
        raise Refusal(
            _("Stabilisation lasts until %(day)s; declare it stable then.") % {"day": stable_on.isoformat()},
            "on",
        )


def _full_year_passed(actor: Actor, row: Proposal, day: date, reason: str) -> None:
    counts_from = clock_of(row).counts_from
    if day < counts_from:
        raise Refusal(
            _(
                "Nothing counts before a full year of stable operation:"
                " the benefits of “%(proposal)s” count from %(day)s."
            )
            % {"proposal": row, "day": counts_from.isoformat()},
            "on",
        )


GUARDS: dict[str, Callable[[Actor, Proposal, date, str], None]] = {
    "submit": _ready_for_review,
    "send_back": _has_reasons,
    "refuse": _has_reasons,
    "approve": _make_project,
    "go_live": _went_live,
    "stabilise": _is_stable,
    "count_benefit": _full_year_passed,
    "close": _has_reasons,
}
GATE_COMMANDS: dict[str, Any] = {verb: _gate(verb) for verb in GATES}
