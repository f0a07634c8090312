"""The worker process for waves: `python -m meridian.steering.consolidation.waves.solve_waves`."""

import math
from typing import Any

from meridian.engine.solving.worker import Reporter, serve
from meridian.steering.consolidation.waves.lists import cost_bound, first_schedule
from meridian.steering.consolidation.waves.plan import Plan
from meridian.steering.consolidation.waves.project import Schedule, Scheduling, refuse_impossible
from meridian.steering.consolidation.waves.scheduling import schedule_project
from meridian.steering.consolidation.waves.translation import Former, Translation

LIST_SHARE = 0.1


class _Moves(Reporter):
    """Tells schedules as moves, and otherwise is the reporter it was made from."""

    def __init__(self, told: Reporter, translation: Translation) -> None:
        # One state for both: what is told through this one is known to the other.
        self.__dict__ = told.__dict__
        self._translation = translation

    def improve(self, objective: float, solution: Schedule) -> bool:
        return super().improve(objective, self._translation.waves(solution))


def solve_waves(job: tuple[Plan, Former], reporter: Reporter) -> None:
    """Group, schedule and tell ever better plans and bounds."""
    translation = Translation(*job)
    project = translation.project
    refuse_impossible(project)
    moves: Any = _Moves(reporter, translation)
    moves.raise_bound(cost_bound(project))
    seconds = math.inf if reporter.limits.repeatable else LIST_SHARE * reporter.remaining_seconds()
    first = first_schedule(project, seconds=seconds, seed=reporter.limits.seed)
    schedule_project(Scheduling(project, first), moves)


if __name__ == "__main__":
    serve(solve_waves)
