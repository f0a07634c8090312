"""List scheduling: a good plan in milliseconds and simple bounds, before any solver starts.

Serial schedule generation (Kelley 1963) from priorities, improved by double justification
(Valls, Ballestín, Quintanilla 2005): push everything right from the end, then left again.
"""

import math
import random
import time
from collections.abc import Callable

from meridian.solvers.scheduling.project import (
    Availability,
    Precedence,
    Project,
    Schedule,
    breaches,
    cost,
    ends_in_window,
)

PASSES = 40
FIRST_FACTOR = 5
LONGEST_HORIZON = 100_000


def tails(project: Project) -> list[int]:
    """Per task the least time from its start to the end of the plan."""
    longest = [min(mode.duration for mode in task.modes) for task in project.tasks]
    shortest = list(longest)
    for task in reversed(project.order):
        for each in project.entering[task]:
            longest[each.before] = max(longest[each.before], shortest[each.before] + each.lag + longest[task])
    return longest


def heads(project: Project) -> list[int]:
    """Per task the earliest start that precedence and its own term allow."""
    found = [task.earliest for task in project.tasks]
    for task in project.order:
        for each in project.entering[task]:
            shortest = min(mode.duration for mode in project.tasks[each.before].modes)
            found[task] = max(found[task], found[each.before] + shortest + each.lag)
    return found


def makespan_bound(project: Project) -> int:
    """The longer of the critical path and the work of each resource over its capacity."""
    path = max((head + tail for head, tail in zip(heads(project), tails(project), strict=True)), default=0)
    for at, resource in enumerate(project.resources):
        work = sum(min(mode.duration * mode.needs[at] for mode in task.modes) for task in project.tasks)
        if work and resource.capacity:
            path = max(path, math.ceil(work / resource.capacity))
    return path


def cost_bound(project: Project) -> int:
    """A bound on the cost from the earliest end of every task alone."""
    starts = heads(project)
    total = project.makespan_weight * makespan_bound(project)
    for task, start in zip(project.tasks, starts, strict=True):
        end = start + min(mode.duration for mode in task.modes)
        total += min(mode.cost for mode in task.modes) + task.end_weight * end
        total += task.late_weight * max(0, end - task.due) if task.due is not None else 0
        total += task.churn_weight * max(0, start - task.former_start) if task.former_start is not None else 0
    for milestone in project.milestones:
        ends = [starts[at] + min(mode.duration for mode in project.tasks[at].modes) for at in milestone.tasks]
        total += milestone.weight * max(ends, default=0)
    return total


def first_schedule(
    project: Project,
    *,
    seconds: float,
    seed: int = 1,
    former: Schedule | None = None,
    tell: Callable[[Schedule], None] = lambda _schedule: None,
) -> Schedule | None:
    """The best of many list schedules and `former`, or None when none of them is sound in time.

    Each that is better than those before is told, so that it stands if a person interrupts.
    The first list may take `FIRST_FACTOR` times as long: one answer matters more than a better one.

    Lists walk unit by unit: beyond `LONGEST_HORIZON` units only `former` is looked at.
    """
    began_at = time.monotonic()
    chance = random.Random(seed)
    priority: list[float] = [-tail for tail in tails(project)]
    best = former if former is not None and _is_sound(project, former) else None
    best_cost = math.inf
    if best is not None:
        best_cost = cost(project, best)
        tell(best)
    for turn in range(PASSES if project.horizon <= LONGEST_HORIZON else 0):
        stop_at = began_at + seconds * (1 if best else FIRST_FACTOR)
        shaken = [each * (1 - chance.random() * 0.3 * (turn > 0)) for each in priority]
        found = _serial(project, shaken, stop_at)
        if found is not None and project.is_plain:
            found = _justify(project, found, stop_at)
        if found is not None and _is_sound(project, found):
            found_cost = cost(project, found)
            if found_cost < best_cost:
                best, best_cost = found, found_cost
                tell(best)
        if time.monotonic() > began_at + seconds or best_cost <= cost_bound(project):
            break
    return best


def _is_sound(project: Project, schedule: Schedule) -> bool:
    return next(breaches(project, schedule), None) is None


def _serial(project: Project, priority: list[float], stop_at: float) -> Schedule | None:
    """Place tasks one after the other, least `priority` first among those whose forerunners stand."""
    free = Availability(project)
    waiting = [len(entering) for entering in project.entering]
    following: list[list[int]] = [[] for _ in project.tasks]
    for each in project.precedences:
        following[each.before].append(each.after)
    ready = [task for task, count in enumerate(waiting) if count == 0]
    starts, modes = [0] * len(project.tasks), [0] * len(project.tasks)
    while ready:
        task = min(ready, key=lambda each: (priority[each], each))
        ready.remove(task)
        placed = _place(project, free, task, starts, modes)
        if not placed or time.monotonic() > stop_at:
            return None
        for after in following[task]:
            waiting[after] -= 1
            if waiting[after] == 0:
                ready.append(after)
    return Schedule(tuple(starts), tuple(modes))


def _place(project: Project, free: Availability, task: int, starts: list[int], modes: list[int]) -> bool:
    """Start `task` in the mode in which it ends first; False when it fits nowhere."""
    earliest = project.tasks[task].earliest
    for each in project.entering[task]:
        before = project.tasks[each.before].modes[modes[each.before]]
        earliest = max(earliest, starts[each.before] + before.duration + each.lag)
    found = []
    for at, mode in enumerate(project.tasks[task].modes):
        start = _open_fit(project, free, task, at, earliest)
        if start is not None:
            found.append((start + mode.duration, mode.cost, at, start))
    if not found:
        return False
    _, _, modes[task], starts[task] = min(found)
    mode = project.tasks[task].modes[modes[task]]
    free.place(mode.needs, mode.duration, starts[task])
    return True


def _open_fit(project: Project, free: Availability, task: int, at: int, earliest: int) -> int | None:
    """The first start at which resources are free and no closed span is touched."""
    mode = project.tasks[task].modes[at]
    while True:
        start = free.first_fit(mode.needs, mode.duration, earliest)
        if start is None:
            return None
        end = start + mode.duration
        ends = [
            until for since, until in project.tasks[task].closed if start < until and end > max(since, start)
        ]
        if ends:
            earliest = max(ends)
        elif ends_in_window(project.tasks[task], end):
            return start
        else:
            earliest = start + 1


def _justify(project: Project, schedule: Schedule, stop_at: float) -> Schedule:
    """Right then left: never longer, often shorter; for plain projects."""
    mirrored = Project(
        project.name,
        project.tasks,
        tuple(Precedence(each.after, each.before, each.lag) for each in project.precedences),
        project.resources,
        project.horizon,
    )
    tasks = range(len(project.tasks))
    right = _serial(mirrored, [-schedule.end(project, task) for task in tasks], stop_at)
    if right is None:
        return schedule
    left = _serial(project, [-right.end(project, task) for task in tasks], stop_at)
    return left if left is not None and left.makespan(project) <= schedule.makespan(project) else schedule
