"""What tests of planners need: a project solved in this process, by steps, so that it repeats itself."""

import math

from meridian.solvers.scheduling.lists import cost_bound, first_schedule
from meridian.solvers.scheduling.project import Project, Scheduling, refuse_impossible
from meridian.solvers.scheduling.solve import schedule_project
from meridian.solvers.solving.testing import Recording


def solved(project: Project, *, steps: int) -> Recording:
    """What the solver tells of a project after list schedules, as `schedule_within` would have it."""
    refuse_impossible(project)
    recording = Recording(steps=steps)
    recording.reporter.raise_bound(cost_bound(project))
    first = first_schedule(project, seconds=math.inf, seed=recording.reporter.limits.seed)
    schedule_project(Scheduling(project, first), recording.reporter)
    return recording
