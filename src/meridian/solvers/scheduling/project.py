"""The scheduling model that planners share: tasks with methods, precedence, resources, and its check.

Time is a whole number of units from the start of the plan (the planner says what a unit is).
Money and risk are whole weights per unit. Waves use it; recovery and portfolios can.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from meridian.kernel.console import Fault
from meridian.kernel.graph import find_cycle, topological_order


@dataclass(frozen=True)
class Mode:
    """One way to do a task: how long it takes and what it needs of each resource meanwhile."""

    name: str
    duration: int
    needs: tuple[int, ...]
    cost: int = 0


@dataclass(frozen=True)
class Task:
    """Work that runs without a break in one of its modes.

    It starts at `earliest` or later, ends by `latest` where given, never runs inside a span of
    `closed` (from, until), and its last unit of time lies in a span of `ends_within`, if any.
    Ending costs `end_weight` per unit of time, ending after `due` costs `late_weight` per unit,
    starting elsewhere than `former_start` costs `churn_weight` per unit.
    """

    name: str
    modes: tuple[Mode, ...]
    earliest: int = 0
    latest: int | None = None
    closed: tuple[tuple[int, int], ...] = ()
    ends_within: tuple[tuple[int, int], ...] | None = None
    end_weight: int = 0
    due: int | None = None
    late_weight: int = 0
    former_start: int | None = None
    churn_weight: int = 0


@dataclass(frozen=True)
class Precedence:
    """`after` starts at least `lag` units after `before` ends; positions of tasks."""

    before: int
    after: int
    lag: int = 0


@dataclass(frozen=True)
class Bond:
    """Two tasks that cost `weight` for every unit of time between their ends."""

    first: int
    second: int
    weight: int


@dataclass(frozen=True)
class Milestone:
    """Something that is reached when the last of `tasks` ends, and costs `weight` per unit until then."""

    name: str
    tasks: tuple[int, ...]
    weight: int


@dataclass(frozen=True)
class Resource:
    """A renewable resource; `reductions` are (from, until, amount) that is not there."""

    name: str
    capacity: int
    reductions: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Project:
    """Tasks to schedule within `horizon` at least cost; `makespan_weight` prices the end of the last."""

    name: str
    tasks: tuple[Task, ...]
    precedences: tuple[Precedence, ...]
    resources: tuple[Resource, ...]
    horizon: int
    makespan_weight: int = 1
    bonds: tuple[Bond, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    @cached_property
    def is_plain(self) -> bool:
        """Classic resource-constrained scheduling: one mode each, nothing but precedence and resources."""
        no_extras = not self.bonds and not self.milestones and self.makespan_weight == 1
        one_way = all(
            task == Task(task.name, task.modes[:1]) and not task.modes[0].cost for task in self.tasks
        )
        return no_extras and one_way and not any(resource.reductions for resource in self.resources)

    @cached_property
    def order(self) -> list[int]:
        """Tasks so that each stands after all that come before it."""
        edges = [(each.before, each.after) for each in self.precedences]
        return topological_order(range(len(self.tasks)), edges)

    @cached_property
    def entering(self) -> list[list[Precedence]]:
        """Per task the precedences that it waits for."""
        found: list[list[Precedence]] = [[] for _ in self.tasks]
        for each in self.precedences:
            found[each.after].append(each)
        return found


@dataclass(frozen=True)
class Schedule:
    """Per task its start and the position of its mode."""

    starts: tuple[int, ...]
    modes: tuple[int, ...]

    def end(self, project: Project, task: int) -> int:
        return self.starts[task] + project.tasks[task].modes[self.modes[task]].duration

    def makespan(self, project: Project) -> int:
        return max((self.end(project, task) for task in range(len(self.starts))), default=0)


@dataclass(frozen=True)
class Scheduling:
    """A job for the solver: the project and, where one is known, a schedule to begin from."""

    project: Project
    known: Schedule | None = None


@dataclass
class Availability:
    """What is free of each resource at each unit of time; grows with what is placed."""

    project: Project
    used: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.used = [[0] * self.project.horizon for _ in self.project.resources]
        for resource, used in zip(self.project.resources, self.used, strict=True):
            for start, until, amount in resource.reductions:
                for at in range(max(0, start), min(until, self.project.horizon)):
                    used[at] += amount

    def first_fit(self, needs: tuple[int, ...], duration: int, earliest: int) -> int | None:
        """The first start from `earliest` at which all needs fit for the whole duration."""
        wanted = [
            (used, resource.capacity - need)
            for used, resource, need in zip(self.used, self.project.resources, needs, strict=True)
            if need > 0
        ]
        start = at = earliest
        while at < start + duration:
            if start + duration > self.project.horizon:
                return None
            if any(used[at] > room for used, room in wanted):
                start = at + 1
            at += 1
        return start if start + duration <= self.project.horizon else None

    def place(self, needs: tuple[int, ...], duration: int, start: int) -> None:
        for used, need in zip(self.used, needs, strict=True):
            if need > 0:
                for at in range(start, start + duration):
                    used[at] += need


def refuse_impossible(project: Project) -> None:
    """A `Fault` for a ring of precedence (named) or a task that no amount of time can place."""
    ring = find_cycle(range(len(project.tasks)), [(each.before, each.after) for each in project.precedences])
    if ring is not None:
        names = " → ".join(project.tasks[task].name for task in [*ring, ring[0]])
        raise Fault(
            f"{project.name}: these wait for each other in a circle: {names}.", "Take one of them out."
        )
    for task in project.tasks:
        excess = [_excess(project, mode) for mode in task.modes]
        if all(excess):
            raise Fault(f"{project.name}: {task.name} {excess[0]}.", "Raise the capacity or lower the need.")


def _excess(project: Project, mode: Mode) -> str:
    for resource, need in zip(project.resources, mode.needs, strict=True):
        if need > resource.capacity and mode.duration > 0:
            return f"needs {need} of {resource.name}, which has {resource.capacity}"
    return ""


def ends_in_window(task: Task, end: int) -> bool:
    """Whether the last unit of time before `end` lies in a window of the task."""
    return task.ends_within is None or any(since < end <= until for since, until in task.ends_within)


def cost(project: Project, schedule: Schedule) -> int:
    """The cost of a schedule, from its starts alone."""
    total = project.makespan_weight * schedule.makespan(project)
    for at, task in enumerate(project.tasks):
        end = schedule.end(project, at)
        total += task.modes[schedule.modes[at]].cost + task.end_weight * end
        if task.due is not None:
            total += task.late_weight * max(0, end - task.due)
        if task.former_start is not None:
            total += task.churn_weight * abs(schedule.starts[at] - task.former_start)
    for bond in project.bonds:
        total += bond.weight * abs(schedule.end(project, bond.first) - schedule.end(project, bond.second))
    for milestone in project.milestones:
        total += milestone.weight * max((schedule.end(project, at) for at in milestone.tasks), default=0)
    return total


def breaches(project: Project, schedule: Schedule) -> Iterator[str]:
    """Every rule that a schedule breaks, found without the solver's model."""
    for at, task in enumerate(project.tasks):
        start, end = schedule.starts[at], schedule.end(project, at)
        if start < task.earliest or start < 0:
            yield f"{task.name} starts at {start}, before {task.earliest}"
        if task.latest is not None and end > task.latest:
            yield f"{task.name} ends at {end}, after {task.latest}"
        for closed_from, until in task.closed:
            if start < until and end > closed_from and end > start:
                yield f"{task.name} runs from {start} to {end} inside a closed span"
        if not ends_in_window(task, end):
            yield f"{task.name} ends at {end}, outside its windows"
    for each in project.precedences:
        if schedule.starts[each.after] < schedule.end(project, each.before) + each.lag:
            yield f"{project.tasks[each.after].name} starts before {project.tasks[each.before].name} allows"
    for at, resource in enumerate(project.resources):
        yield from _overloads(project, schedule, at, resource)


def _overloads(project: Project, schedule: Schedule, at: int, resource: Resource) -> Iterator[str]:
    changes: dict[int, int] = {}
    busy = [(start, until, amount, False) for start, until, amount in resource.reductions]
    for task, start in enumerate(schedule.starts):
        busy.append(
            (
                start,
                schedule.end(project, task),
                project.tasks[task].modes[schedule.modes[task]].needs[at],
                True,
            )
        )
    for start, until, amount, _ in busy:
        if until > start:
            changes[start] = changes.get(start, 0) + amount
            changes[until] = changes.get(until, 0) - amount
    load = 0
    for time in sorted(changes):
        load += changes[time]
        if load > resource.capacity and _works_at(project, schedule, at, time):
            yield f"{resource.name} carries {load} at {time} and has {resource.capacity}"


def _works_at(project: Project, schedule: Schedule, at: int, time: int) -> bool:
    return any(
        start <= time < schedule.end(project, task)
        and project.tasks[task].modes[schedule.modes[task]].needs[at] > 0
        for task, start in enumerate(schedule.starts)
    )  # fmt: skip


def checked_cost(project: Project, schedule: Schedule) -> int:
    """The cost of a schedule that keeps every rule; any breach is a `Fault`."""
    for breach in breaches(project, schedule):
        raise Fault(f"The solver's schedule failed the check: {breach}.", "Report it with the file.")
    return cost(project, schedule)
