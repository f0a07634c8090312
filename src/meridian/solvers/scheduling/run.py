"""Schedule a project from a command: list schedules first, the solver beside them, the check last."""

import math
import time
from dataclasses import dataclass

from meridian.kernel.console import Fault
from meridian.solvers.scheduling.lists import cost_bound, first_schedule
from meridian.solvers.scheduling.project import (
    Project,
    Schedule,
    Scheduling,
    checked_cost,
    refuse_impossible,
)
from meridian.solvers.solving.limits import Limits
from meridian.solvers.solving.worker import Known, run

SOLVER = "meridian.solvers.scheduling.solve"
LIST_SHARE = 0.1


@dataclass(frozen=True)
class Scheduled:
    """A checked schedule: its cost added up afresh, and the best bound on any schedule's cost."""

    schedule: Schedule
    cost: int
    bound: int
    proven: bool
    seconds: float
    interrupted: bool


def schedule_within(project: Project, limits: Limits, *, former: Schedule | None = None) -> Scheduled:
    """The best schedule found within `limits`; `former` is a plan to begin from, if it is still sound.

    Raises `Fault` for rings of precedence, needs above capacity, rules that cannot hold together
    (naming the smallest set) and when nothing was found in time.
    """
    refuse_impossible(project)
    bound = cost_bound(project)
    first, interrupted = _listed(project, limits, former)
    if interrupted:
        if first is None:
            raise Fault("The run was interrupted before any answer was found.")
        cost = checked_cost(project, first)
        seconds = round(time.monotonic() - limits.started_at, 3)
        return Scheduled(first, cost, min(cost, bound), bound >= cost, seconds, interrupted)
    known = (
        Known(math.inf, None, bound) if first is None else Known(checked_cost(project, first), first, bound)
    )
    outcome = run(SOLVER, Scheduling(project, first), limits, known=known)
    cost = checked_cost(project, outcome.solution)
    # Costs are whole numbers, so that the least whole number above a bound is one too.
    whole_bound = min(cost, math.ceil(outcome.bound - 1e-6))
    return Scheduled(
        outcome.solution, cost, whole_bound, whole_bound >= cost, outcome.seconds, outcome.interrupted
    )


def _listed(project: Project, limits: Limits, former: Schedule | None) -> tuple[Schedule | None, bool]:
    """The best list schedule, and whether a person interrupted before the lists were through."""
    seconds = math.inf if limits.repeatable else LIST_SHARE * limits.seconds
    told: list[Schedule] = []
    try:
        first_schedule(project, seconds=seconds, seed=limits.seed, former=former, tell=told.append)
    except KeyboardInterrupt:
        return told[-1] if told else None, True
    return told[-1] if told else None, False
