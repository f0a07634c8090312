"""The door of problems for other modules."""

from collections.abc import Iterable
from typing import Any

from meridian.engine.policies import Actor
from meridian.work.problems.commands.log import said
from meridian.work.problems.commands.working import await_change, open_problem
from meridian.work.problems.contracts import Origin, Workaround
from meridian.work.problems.models import AttachedIncident, KnownError, Problem
from meridian.work.problems.queries.known_errors import fitting
from meridian.work.problems.rules import MACHINE

__all__ = [
    "WAITS_FOR_A_CHANGE",
    "KnownError",
    "Problem",
    "await_change",
    "open_problem_of",
    "said",
    "workarounds_for",
]

# The states of a problem from which it may wait for a change.
WAITS_FOR_A_CHANGE = MACHINE.moves["await_change"].sources


def workarounds_for(
    *, text: str = "", thing: int | None = None, category: int | None = None
) -> list[Workaround]:
    """The workarounds that fit best what somebody asks, the best first; at most three."""
    return [_workaround(known) for known in fitting(text=text, thing=thing, category=category)]


def _workaround(known: KnownError) -> Workaround:
    return Workaround(
        known.number, known.symptom, known.workaround, known.effective_from, known.problem.number
    )


def open_problem_of(actor: Actor, incident: Any, incidents: Iterable[int], text: str) -> Problem:
    """Log the problem behind an incident, with these incidents (by id) attached, inside of a command."""
    names = ("title", "team", "category", "concerns", "priority")
    changes = {name: getattr(incident, name) for name in names}
    problem = open_problem(actor, changes, {"origin": Origin.REACTIVE.value, "language": "en"}, text)
    AttachedIncident.objects.bulk_create(
        AttachedIncident(problem=problem, incident_id=key) for key in incidents
    )
    return problem
