"""From a wave plan to a project for the scheduling core, and back to moves."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from meridian.kernel.console import Fault
from meridian.solvers.scheduling.facade import (
    Bond,
    Milestone,
    Mode,
    Precedence,
    Project,
    Resource,
    Schedule,
    Task,
)
from meridian.solvers.waves.groups import Group, move_groups, prerequisites, workloads_of
from meridian.solvers.waves.plan import Method, Move, Plan, WavePlan, Workload


@dataclass(frozen=True)
class Former:
    """A plan made before, and today: what has begun by then stays, the rest moves as little as can be."""

    moves: tuple[Move, ...] = ()
    today: int = 0


class Translation:
    """The project of a plan, task by task its groups."""

    def __init__(self, plan: Plan, former: Former) -> None:
        self.plan, self.former = plan, former
        self.groups, self.cuts = move_groups(plan)
        before = {tuple(sorted(move.workloads)): move for move in former.moves}
        tasks = [self._task(group, before.get(tuple(sorted(group)))) for group in self.groups]
        self.project = Project(
            name=plan.name,
            tasks=tuple(tasks),
            precedences=self._precedences(),
            resources=tuple(Resource(each.name, each.capacity, each.reductions) for each in plan.supplies),
            horizon=plan.horizon_days,
            makespan_weight=plan.weights.makespan,
            bonds=self._bonds(),
            milestones=self._milestones(),
        )

    def waves(self, schedule: Schedule) -> WavePlan:
        """The moves of a schedule, in order of their start."""
        moves = [
            Move(group, task.modes[mode].name, start, start + task.modes[mode].duration)
            for group, task, start, mode in zip(
                self.groups, self.project.tasks, schedule.starts, schedule.modes, strict=True
            )
        ]
        return WavePlan(tuple(sorted(moves, key=lambda move: (move.start, move.workloads))), tuple(self.cuts))

    def _task(self, group: Group, before: Move | None) -> Task:
        plan, workloads = self.plan, workloads_of(self.plan, group)
        if before is not None and before.start < self.former.today:
            return self._begun(group, workloads, before)
        latest = [workload.latest for workload in workloads if workload.latest is not None]
        due = [workload.due for workload in workloads if workload.due is not None]
        sites = {workload.site for workload in workloads}
        return Task(
            name=group_name(group),
            modes=self._modes(group, workloads),
            earliest=max([self.former.today, *(workload.earliest for workload in workloads)]),
            latest=min(latest) if latest else None,
            closed=tuple((f.since, f.until) for f in plan.freezes if not f.sites or f.sites & sites),
            ends_within=self._windows(workloads),
            due=min(due) if due else None,
            late_weight=plan.weights.late if due else 0,
            former_start=before.start if before else None,
            churn_weight=plan.weights.churn if before else 0,
        )

    def _begun(self, group: Group, workloads: Sequence[Workload], before: Move) -> Task:
        """What has begun stays as it was; it needs what its method needs."""
        method = self.plan.methods.get(before.method)
        if method is None:
            raise Fault(f"{group_name(group)} began by {before.method!r}, which is no method now.", "Add it.")
        mode = Mode(method.name, before.until - before.start, self._needs(method, workloads), method.cost)
        return Task(group_name(group), (mode,), earliest=before.start, latest=before.until)

    def _windows(self, workloads: Sequence[Workload]) -> tuple[tuple[int, int], ...] | None:
        """Days on which all workloads of a group may be cut over, or None when any day will do."""
        named = {workload.window for workload in workloads if workload.window is not None}
        if not named:
            return None
        days = set.intersection(*({since for since, _ in self.plan.window_days(name)} for name in named))
        return tuple((day, day + 1) for day in sorted(days))

    def _modes(self, group: Group, workloads: Sequence[Workload]) -> tuple[Mode, ...]:
        allowed = [name for name in workloads[0].methods if all(name in each.methods for each in workloads)]
        modes = []
        for method in (self.plan.methods[name] for name in allowed):
            days = duration_days(method, workloads)
            if days is not None:
                modes.append(Mode(method.name, days, self._needs(method, workloads), method.cost))
        if not modes:
            told = "data changes faster than its links can copy" if allowed else "workloads share no method"
            raise Fault(f"{group_name(group)}: its {told}.", "Give these workloads a method in common.")
        return tuple(modes)

    def _needs(self, method: Method, workloads: Sequence[Workload]) -> tuple[int, ...]:
        return tuple(need_of(method, workloads, each.name) for each in self.plan.supplies)

    def _home(self) -> dict[str, int]:
        return {name: at for at, group in enumerate(self.groups) for name in group}

    def _precedences(self) -> tuple[Precedence, ...]:
        home = self._home()
        found: dict[tuple[int, int], int] = {}
        for before, after, lag in prerequisites(self.plan):
            pair = home[before], home[after]
            if pair[0] != pair[1]:
                found[pair] = max(lag, found.get(pair, 0))
        return tuple(Precedence(*pair, lag) for pair, lag in found.items())

    def _bonds(self) -> tuple[Bond, ...]:
        home = self._home()
        traffic: dict[tuple[int, int], float] = {}
        for each in self.plan.dependencies:
            ends = home[each.user], home[each.provider]
            if ends[0] != ends[1]:
                pair = min(ends), max(ends)
                traffic[pair] = traffic.get(pair, 0.0) + each.gigabytes_per_day
        weighted = {pair: traffic_weight(self.plan, gigabytes) for pair, gigabytes in traffic.items()}
        return tuple(Bond(*pair, weight) for pair, weight in weighted.items() if weight)

    def _milestones(self) -> tuple[Milestone, ...]:
        found = []
        for site, weight in self.plan.weights.sites.items():
            here = {workload.name for workload in self.plan.workloads if workload.site == site}
            tasks = tuple(at for at, group in enumerate(self.groups) if here & set(group))
            if tasks and weight:
                found.append(Milestone(site, tasks, weight))
        return tuple(found)


def group_name(group: Group) -> str:
    """A group is known by its first workload, and by how many others it holds."""
    return group[0] if len(group) == 1 else f"{group[0]} and {len(group) - 1} more"


def duration_days(method: Method, workloads: Sequence[Workload]) -> int | None:
    """Days a group takes by a method, or None when its data outruns the link."""
    servers = sum(workload.servers for workload in workloads)
    transfer = method.transfer_days(
        sum(workload.gigabytes for workload in workloads),
        sum(workload.changed_gigabytes_per_day for workload in workloads),
    )
    if transfer is None:
        return None
    return max(1, method.days + math.ceil(servers * method.days_per_server - 1e-9) + transfer)


def need_of(method: Method, workloads: Sequence[Workload], resource: str) -> int:
    """What a method needs of a resource for a group, on every day of the move."""
    need = method.people if method.team == resource else 0
    need += method.megabits_per_second if method.link == resource else 0
    if method.swing_hosts == resource:
        need += math.ceil(sum(workload.servers for workload in workloads) * method.swing_per_server - 1e-9)
    return need


def traffic_weight(plan: Plan, gigabytes_per_day: float) -> int:
    """The whole cost per day of this much traffic between two groups that are apart."""
    return round(plan.weights.traffic_per_gigabyte * gigabytes_per_day)
