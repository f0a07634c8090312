"""What is proven of each kind of cost by itself: no plan has a lesser one, whatever else it gives up."""

import math
import time
from dataclasses import dataclass, replace

from meridian.solvers.scheduling.facade import Project, Task, least_cost
from meridian.solvers.solving.limits import Limits

SHARE = 0.1
TURNS_A_STEP = 2


@dataclass(frozen=True)
class TermLimits:
    """How long the terms may take together: until `stop_at` (monotonic), and so many turns each."""

    stop_at: float
    turns: float = math.inf

    def allow(self, turn: int) -> bool:
        """Whether there is time for this turn, counted from 0."""
        return turn < self.turns and time.monotonic() < self.stop_at


def limits_for_plan(limits: Limits) -> Limits:
    """The limits of the plan itself: a share of the time is kept for its terms."""
    return limits.keeping(SHARE * limits.seconds)


def limits_for_terms(limits: Limits, *, interrupted: bool) -> TermLimits:
    """What is left of the time, at most the share that was kept; nothing for who is in a hurry."""
    if interrupted:
        return TermLimits(limits.stop_at, 0)
    if limits.steps is not None:
        return TermLimits(math.inf, TURNS_A_STEP * limits.steps)
    return TermLimits(min(limits.stop_at, time.monotonic() + SHARE * limits.seconds))


def least_terms(project: Project, costs: dict[str, int], limits: TermLimits) -> dict[str, int]:
    """Per term a bound on it alone, at most its cost in `costs`; who interrupts gets simpler bounds."""
    found, now = {}, time.monotonic()
    wanted = [name for name, cost in costs.items() if cost > 0]
    for name, cost in costs.items():
        if cost == 0:
            found[name] = 0
            continue
        share = (wanted.index(name) + 1) / len(wanted)
        stop_at = now + share * (limits.stop_at - now) if math.isfinite(limits.stop_at) else math.inf
        try:
            found[name] = least_cost(alone(project, name), cost, go_on=replace(limits, stop_at=stop_at).allow)
        except KeyboardInterrupt:
            # The plan is found and checked: it must still be printed.
            limits = replace(limits, turns=0)
            found[name] = least_cost(alone(project, name), cost, go_on=lambda _turn: False)
    return found


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
