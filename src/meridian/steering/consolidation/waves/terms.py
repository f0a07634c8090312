"""What is proven of each kind of cost by itself: no plan has a lesser one, whatever else it gives up."""

import math
import time
from dataclasses import dataclass, replace

from meridian.engine.solving.limits import Limits
from meridian.steering.consolidation.waves.day_prices import DayPrices, climb
from meridian.steering.consolidation.waves.lists import cost_bound
from meridian.steering.consolidation.waves.project import Project, Task
from meridian.steering.consolidation.waves.tables import fits, tables_of

SHARE = 0.1
TURNS_A_STEP = 2


@dataclass(frozen=True)
class TermLimits:
    """How long the terms may take together: until `stop_at` (monotonic), and so many turns each."""

    stop_at: float
    turns: float = math.inf


def limits_for_plan(limits: Limits) -> Limits:
    """The limits of the plan itself: a share of the time is kept for its terms."""
    kept_seconds = SHARE * limits.seconds
    return replace(limits, seconds=limits.seconds - kept_seconds, stop_at=limits.stop_at - kept_seconds)


def limits_for_terms(limits: Limits, *, interrupted: bool) -> TermLimits:
    """What is left of the time, at most the share that was kept; nothing for who is in a hurry."""
    if limits.steps is not None:
        return TermLimits(math.inf, TURNS_A_STEP * limits.steps)
    soon = min(limits.stop_at, time.monotonic() + SHARE * limits.seconds)
    return TermLimits(soon, 0 if interrupted else math.inf)


def least_terms(project: Project, costs: dict[str, int], limits: TermLimits) -> dict[str, int]:
    """Per term a bound on it alone, at most its cost in `costs`."""
    found, now = {}, time.monotonic()
    wanted = [name for name, cost in costs.items() if cost > 0]
    for name, cost in costs.items():
        if cost == 0:
            found[name] = 0
            continue
        share = (wanted.index(name) + 1) / len(wanted)
        stop_at = now + share * (limits.stop_at - now) if math.isfinite(limits.stop_at) else math.inf
        found[name] = _least(alone(project, name), cost, TermLimits(stop_at, limits.turns))
    return found


def _least(project: Project, cost: int, limits: TermLimits) -> int:
    least = float(cost_bound(project))
    if fits(project) and limits.turns > 0:
        climbed = climb(
            DayPrices(project, tables_of(project)),
            known_cost=lambda: float(cost),
            tell=lambda _bound: None,
            go_on=lambda turn: turn < limits.turns and time.monotonic() < limits.stop_at,
        )
        least = max(least, climbed)
    return max(0, min(cost, math.ceil(least - 1e-6 * max(1.0, abs(least)))))


def alone(project: Project, term: str) -> Project:
    """The same project priced by one term only."""
    return replace(
        project,
        tasks=tuple(_task_alone(task, term) for task in project.tasks),
        makespan_weight=project.makespan_weight if term == "length" else 0,
        bonds=project.bonds if term == "traffic" else (),
        milestones=project.milestones if term == "sites" else (),
    )


def _task_alone(task: Task, term: str) -> Task:
    modes = task.modes if term == "methods" else tuple(replace(mode, cost=0) for mode in task.modes)
    return replace(
        task,
        modes=modes,
        end_weight=0,
        late_weight=task.late_weight if term == "lateness" else 0,
        churn_weight=task.churn_weight if term == "churn" else 0,
    )
