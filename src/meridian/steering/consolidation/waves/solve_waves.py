"""The worker process for waves: `python -m meridian.steering.consolidation.waves.solve_waves`."""

from typing import Any

from meridian.engine.solving.worker import Reporter, serve
from meridian.steering.consolidation.waves.lists import cost_bound
from meridian.steering.consolidation.waves.project import Schedule, Scheduling, refuse_impossible
from meridian.steering.consolidation.waves.scheduling import schedule_project
from meridian.steering.consolidation.waves.translation import Translation
from meridian.steering.consolidation.waves.wave_run import WaveJob


class _Moves(Reporter):
    """Tells schedules as moves, and otherwise is the reporter it was made from."""

    def __init__(self, told: Reporter, translation: Translation) -> None:
        # One state for both: what is told through this one is known to the other.
        self.__dict__ = told.__dict__
        self._translation = translation

    def improve(self, objective: float, solution: Schedule) -> bool:
        return super().improve(objective, self._translation.waves(solution))


def solve_waves(job: WaveJob, reporter: Reporter) -> None:
    """Group, schedule and tell ever better plans and bounds."""
    translation = Translation(job.plan, job.former)
    refuse_impossible(translation.project)
    moves: Any = _Moves(reporter, translation)
    moves.raise_bound(cost_bound(translation.project))
    schedule_project(Scheduling(translation.project, job.known), moves)


if __name__ == "__main__":
    serve(solve_waves)
