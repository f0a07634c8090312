"""A command for every gate that a proposal passes; each is kept with who decided, when and why."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, Warned, Warns, command
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
    warns = _warn_of_gate(verb) if verb in FINAL else None
    return command(f"portfolio.proposal.{verb}", on=Proposal, target="row", warns=warns)(pass_gate)


# Gates through which no proposal comes back: what happens, and what comes next.
FINAL = {
    "approve": (
        gettext_lazy("It becomes a project of the same code, open for tasks and spending."),
        gettext_lazy("Plan the project next."),
    ),
    "refuse": (
        gettext_lazy("It leaves the choice of proposals; its author reads the reasons."),
        gettext_lazy("A better case is written as a new proposal."),
    ),
    "close": (
        gettext_lazy("It is taken off the list of what is followed."),
        gettext_lazy("Nothing more is to be done for it."),
    ),
}


def _warn_of_gate(verb: str) -> Warns:
    happens, comes_next = FINAL[verb]

    def warn(rows: list[Proposal], _given: Any) -> Warned:
        facts = {"proposal": rows[0], "meaning": gettext(GATES[verb].meaning), "next": comes_next}
        return Warned(
            title=_("“%(proposal)s”: is this decided?") % facts,
            does=(str(facts["meaning"]), str(happens)),
            lost=_("No proposal comes back through this gate. Who decided, when and why stays on record."),
            button=_("It is decided"),
            done=_("“%(proposal)s”: recorded. %(next)s") % facts,
        )

    return warn


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
