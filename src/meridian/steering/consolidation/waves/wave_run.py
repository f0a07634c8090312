"""Plan waves from a command: a list schedule first, so that there is an answer, then the solver."""

import math
from dataclasses import dataclass

from meridian.engine.solving.limits import Limits
from meridian.engine.solving.worker import Known, Outcome, run
from meridian.steering.consolidation.waves.lists import cost_bound, first_schedule
from meridian.steering.consolidation.waves.plan import Plan
from meridian.steering.consolidation.waves.project import Schedule, checked_cost, refuse_impossible
from meridian.steering.consolidation.waves.translation import Former, Translation

SOLVER = "meridian.steering.consolidation.waves.solve_waves"
LIST_SHARE = 0.1


@dataclass(frozen=True)
class WaveJob:
    """What the solver is handed: the plan, what was planned before, and a schedule to begin from."""

    plan: Plan
    former: Former
    known: Schedule | None


def wave_job(plan: Plan, former: Former, limits: Limits) -> tuple[WaveJob, Known]:
    """The job with the best list schedule, and what that is worth."""
    translation = Translation(plan, former)
    project = translation.project
    refuse_impossible(project)
    seconds = math.inf if limits.repeatable else LIST_SHARE * limits.seconds
    first = first_schedule(project, seconds=seconds, seed=limits.seed)
    bound = cost_bound(project)
    if first is None:
        return WaveJob(plan, former, None), Known(math.inf, None, bound)
    known = Known(checked_cost(project, first), translation.waves(first), bound)
    return WaveJob(plan, former, first), known


def waves_within(plan: Plan, former: Former, limits: Limits) -> Outcome:
    """The best wave plan found within `limits`; faults are those of `schedule_within`."""
    job, known = wave_job(plan, former, limits)
    return run(SOLVER, job, limits, known=known)
