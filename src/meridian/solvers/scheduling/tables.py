"""A project as flat arrays, for compiled search and for prices per day."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meridian.solvers.scheduling.lists import heads
from meridian.solvers.scheduling.project import Milestone, Project, Task

Integers = npt.NDArray[np.int64]
FORBIDDEN = 2**60
LARGEST_TABLE = 20_000_000


class Tables(NamedTuple):
    """Rows are tasks in one of their modes, in order of tasks: task `i` has rows
    `first_row[i]` to before `first_row[i + 1]`; the other `_from` arrays point alike."""

    first_row: Integers
    duration: Integers
    needs: Integers
    cost: Integers
    capacity: Integers
    bond_from: Integers
    bond_other: Integers
    bond_weight: Integers
    member_from: Integers
    member: Integers
    goal_from: Integers
    goal: Integers
    milestone_weight: Integers
    before_from: Integers
    before: Integers
    before_lag: Integers
    after_from: Integers
    after: Integers
    after_lag: Integers


def fits(project: Project) -> bool:
    """Whether the tables of a project stay small enough to be worth it."""
    rows = sum(len(task.modes) for task in project.tasks) + len(project.bonds) + len(project.precedences)
    return rows * project.horizon <= LARGEST_TABLE


def milestones(project: Project) -> list[Milestone]:
    """The milestones, the end of everything among them where it has a price."""
    everything = Milestone("end", tuple(range(len(project.tasks))), project.makespan_weight)
    return [each for each in (*project.milestones, everything) if each.tasks and each.weight]


def tables_of(project: Project) -> Tables:
    tasks, count = project.tasks, len(project.tasks)
    earliest = heads(project)
    modes = [(at, mode) for at, task in enumerate(tasks) for mode in task.modes]
    goals = milestones(project)
    bonds: list[list[tuple[int, int]]] = [[] for _ in tasks]
    before: list[list[tuple[int, int]]] = [[] for _ in tasks]
    after: list[list[tuple[int, int]]] = [[] for _ in tasks]
    for bond in project.bonds:
        bonds[bond.first].append((bond.second, bond.weight))
        bonds[bond.second].append((bond.first, bond.weight))
    for each in project.precedences:
        before[each.after].append((each.before, each.lag))
        after[each.before].append((each.after, each.lag))
    goals_of = [[(at, 0) for at, goal in enumerate(goals) if task in goal.tasks] for task in range(count)]
    bond_from, bond_other, bond_weight = _flat(bonds)
    before_from, before_other, before_lag = _flat(before)
    after_from, after_other, after_lag = _flat(after)
    member_from, member, _ = _flat([[(task, 0) for task in goal.tasks] for goal in goals])
    goal_from, goal, _ = _flat(goals_of)
    return Tables(
        np.cumsum([0, *(len(task.modes) for task in tasks)], dtype=np.int64),
        _whole(mode.duration for _, mode in modes),
        np.array([mode.needs for _, mode in modes], dtype=np.int64).reshape(len(modes), -1),
        np.array([start_costs(tasks[at], mode.duration, mode.cost, earliest[at], project.horizon)
                  for at, mode in modes]),
        capacities(project),
        bond_from, bond_other, bond_weight,
        member_from, member, goal_from, goal, _whole(goal.weight for goal in goals),
        before_from, before_other, before_lag, after_from, after_other, after_lag,
    )  # fmt: skip


def start_costs(task: Task, duration: int, cost: int, earliest: int, days: int) -> Integers:
    """What a task costs by the day it starts on; `FORBIDDEN` where it may not start."""
    starts = np.arange(days + 1)
    ends = starts + duration
    found = cost + task.end_weight * ends
    if task.due is not None:
        found += task.late_weight * np.maximum(0, ends - task.due)
    if task.former_start is not None:
        found += task.churn_weight * np.abs(starts - task.former_start)
    found[: max(0, earliest)] = FORBIDDEN
    found[ends > (days if task.latest is None else min(days, task.latest))] = FORBIDDEN
    for since, until in task.closed if duration else ():
        found[(starts < until) & (ends > since)] = FORBIDDEN
    if task.ends_within is not None:
        inside = np.zeros(days + 1, dtype=bool)
        for since, until in task.ends_within:
            inside |= (since < ends) & (ends <= until)
        found[~inside] = FORBIDDEN
    return found


def capacities(project: Project) -> Integers:
    """What each resource has on each day."""
    found = np.zeros((len(project.resources), project.horizon), dtype=np.int64)
    for at, resource in enumerate(project.resources):
        found[at] = resource.capacity
        for since, until, amount in resource.reductions:
            found[at, max(0, since) : max(0, until)] -= amount
    return np.maximum(found, 0)


def _whole(numbers: Iterable[int]) -> Integers:
    return np.array(list(numbers), dtype=np.int64)


def _flat(lists: Sequence[Sequence[tuple[int, int]]]) -> tuple[Integers, Integers, Integers]:
    """Lists of pairs one after the other: where each begins, the firsts, the seconds."""
    begins = np.cumsum([0, *(len(each) for each in lists)], dtype=np.int64)
    pairs = [pair for each in lists for pair in each]
    return begins, _whole(first for first, _ in pairs), _whole(second for _, second in pairs)
