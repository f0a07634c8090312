"""Schedule a project with CP-SAT: `python -m meridian.solvers.scheduling.solve`.

The core that waves, recovery and portfolio schedules share. An interval per task and mode,
a cumulative constraint per resource, the list schedule as a hint.
"""

import math
import os
from collections.abc import Callable, Collection

from ortools.sat.python import cp_model

from meridian.kernel.console import Fault
from meridian.solvers.scheduling.improve import improve
from meridian.solvers.scheduling.project import (
    Project,
    Resource,
    Schedule,
    Scheduling,
    Task,
    cost,
)
from meridian.solvers.solving.conflict import smallest_conflict
from meridian.solvers.solving.worker import Reporter, serve

Rule = tuple[str, str]


class ScheduleModel:
    """The CP-SAT model of a project; `left_out` names rules that are given up."""

    def __init__(self, project: Project, left_out: Collection[Rule] = (), horizon: int | None = None) -> None:
        self.project, self.left_out = project, frozenset(left_out)
        self.model = cp_model.CpModel()
        self.horizon = project.horizon if horizon is None else horizon
        self.starts: list[cp_model.IntVar] = []
        self.ends: list[cp_model.IntVar] = []
        self.used: list[list[cp_model.IntVar]] = []
        self.intervals: list[list[cp_model.IntervalVar]] = []
        for task in project.tasks:
            self._add_task(task)
        for each in project.precedences:
            if ("order", _order_name(project, each.before, each.after)) not in self.left_out:
                self.model.add(self.starts[each.after] >= self.ends[each.before] + each.lag)
        for at, resource in enumerate(project.resources):
            if ("capacity", resource.name) not in self.left_out:
                self._add_resource(at, resource)

    def _add_task(self, task: Task) -> None:
        earliest = 0 if ("earliest", task.name) in self.left_out else task.earliest
        latest = self.horizon
        if task.latest is not None and ("latest", task.name) not in self.left_out:
            latest = min(task.latest, latest)
        start = self.model.new_int_var(min(earliest, self.horizon), self.horizon, f"start {task.name}")
        end = self.model.new_int_var(0, max(0, latest), f"end {task.name}")
        if task.ends_within is not None and ("window", task.name) not in self.left_out:
            spans = [[since + 1, until] for since, until in task.ends_within]
            self.model.add_linear_expression_in_domain(end, cp_model.Domain.from_intervals(spans))
        used, intervals = [], []
        for mode in task.modes:
            chosen = self.model.new_bool_var("") if len(task.modes) > 1 else self.model.new_constant(1)
            interval = self.model.new_optional_interval_var(start, mode.duration, end, chosen, "")
            if len(task.modes) == 1:
                interval = self.model.new_interval_var(start, mode.duration, end, "")
            if task.closed and ("closed", task.name) not in self.left_out:
                allowed = _open_starts(task, mode.duration, self.horizon)
                self.model.add_linear_expression_in_domain(start, allowed).only_enforce_if(chosen)
            used.append(chosen)
            intervals.append(interval)
        if len(task.modes) > 1:
            self.model.add_exactly_one(used)
        self.starts.append(start)
        self.ends.append(end)
        self.used.append(used)
        self.intervals.append(intervals)

    def _add_resource(self, at: int, resource: Resource) -> None:
        intervals, needs = [], []
        for task, own in zip(self.project.tasks, self.intervals, strict=True):
            for mode, interval in zip(task.modes, own, strict=True):
                if mode.needs[at] > 0 and mode.duration > 0:
                    intervals.append(interval)
                    needs.append(mode.needs[at])
        for since, until, amount in _flat(resource, self.horizon):
            intervals.append(self.model.new_fixed_size_interval_var(since, until - since, ""))
            needs.append(amount)
        if intervals:
            self.model.add_cumulative(intervals, needs, resource.capacity)

    def add_cost(self, least: float = -math.inf) -> None:
        """Price the schedule as `project.cost` does; no schedule costs less than `least`."""
        terms: list[cp_model.LinearExprT] = []
        if self.project.makespan_weight:
            makespan = self.model.new_int_var(0, self.horizon, "makespan")
            self.model.add_max_equality(makespan, self.ends)
            terms.append(self.project.makespan_weight * makespan)
        for at, task in enumerate(self.project.tasks):
            terms += [
                mode.cost * used for mode, used in zip(task.modes, self.used[at], strict=True) if mode.cost
            ]
            if task.end_weight:
                terms.append(task.end_weight * self.ends[at])
            if task.due is not None and task.late_weight:
                late = self.model.new_int_var(0, self.horizon, "")
                self.model.add(late >= self.ends[at] - task.due)
                terms.append(task.late_weight * late)
            if task.former_start is not None and task.churn_weight:
                moved = self.model.new_int_var(0, 2 * self.horizon + abs(task.former_start), "")
                self.model.add_abs_equality(moved, self.starts[at] - task.former_start)
                terms.append(task.churn_weight * moved)
        terms += self._shared_terms()
        if math.isfinite(least) and least > 0:
            self.model.add(sum(terms) >= math.ceil(least - 1e-6))
        self.model.minimize(sum(terms))

    def _shared_terms(self) -> list[cp_model.LinearExprT]:
        """What bonds and milestones cost."""
        terms: list[cp_model.LinearExprT] = []
        for bond in self.project.bonds:
            apart = self.model.new_int_var(0, self.horizon, "")
            self.model.add_abs_equality(apart, self.ends[bond.first] - self.ends[bond.second])
            terms.append(bond.weight * apart)
        for milestone in self.project.milestones:
            reached = self.model.new_int_var(0, self.horizon, milestone.name)
            for at in milestone.tasks:
                self.model.add(reached >= self.ends[at])
            terms.append(milestone.weight * reached)
        return terms

    def hint(self, schedule: Schedule) -> None:
        for at, start in enumerate(schedule.starts):
            self.model.add_hint(self.starts[at], start)
            self.model.add_hint(self.ends[at], schedule.end(self.project, at))
            if len(self.used[at]) > 1:
                for mode, used in enumerate(self.used[at]):
                    self.model.add_hint(used, mode == schedule.modes[at])

    def schedule(self, value: Callable[[cp_model.IntVar], int]) -> Schedule:
        return Schedule(
            tuple(value(start) for start in self.starts),
            tuple(next(mode for mode, chosen in enumerate(used) if value(chosen)) for used in self.used),
        )


class _Listener(cp_model.CpSolverSolutionCallback):
    """Tells the reporter each better schedule, at its own price: the model may leave slack in its terms."""

    def __init__(self, model: ScheduleModel, reporter: Reporter) -> None:
        super().__init__()
        self._model, self._reporter = model, reporter
        self.last: Schedule | None = None

    def on_solution_callback(self) -> None:
        self.last = self._model.schedule(self.value)
        self._reporter.improve(cost(self._model.project, self.last), self.last)
        self._reporter.raise_bound(self.best_objective_bound)


def schedule_project(job: Scheduling, reporter: Reporter) -> None:
    """Tell ever better schedules and bounds; a project that cannot be met names the rules at fault."""
    project, known = job.project, job.known
    if known is not None:
        reporter.improve(cost(project, known), known)
    if not project.is_plain:
        if known is None:
            known = _solve(project, None, reporter, until_first=True)
        if known is not None:
            known = improve(project, known, reporter)
        if known is not None and reporter.bound > cost(project, known) - 1 + 1e-6:
            reporter.raise_bound(cost(project, known))
            return
    _solve(project, known, reporter)


def _solve(
    project: Project, known: Schedule | None, reporter: Reporter, *, until_first: bool = False
) -> Schedule | None:
    """Run CP-SAT from a known schedule, if any; the last schedule it found."""
    # A plain schedule longer than the known one is of no use: a short horizon makes a small model.
    longest = known.makespan(project) if known is not None and project.is_plain else None
    built = ScheduleModel(project, horizon=longest)
    built.add_cost(least=reporter.bound)
    if known is not None:
        built.hint(known)
    solver = _solver(reporter)
    solver.parameters.stop_after_first_solution = until_first
    solver.best_bound_callback = reporter.raise_bound
    listener = _Listener(built, reporter)
    status = solver.solve(built.model, listener)
    if status == cp_model.INFEASIBLE:
        raise _infeasible(project, reporter)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        reporter.raise_bound(solver.best_objective_bound)
    return listener.last


def _solver(reporter: Reporter) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(0.01, reporter.remaining_seconds())
    parameters.random_seed = reporter.limits.seed
    # With few cores the portfolio still needs its eight kinds of search; they take turns.
    parameters.num_workers = max(8, os.cpu_count() or 8)
    if reporter.limits.steps is not None:
        parameters.num_workers = 1
        parameters.max_deterministic_time = float(reporter.limits.steps)
    return solver


def _infeasible(project: Project, reporter: Reporter) -> Fault:
    """The smallest set of rules that cannot hold together, in words."""
    rules = _rules(project)
    slice_seconds = max(0.1, reporter.remaining_seconds() / 8)

    def can_hold(kept: Collection[Rule]) -> bool:
        solver = _solver(reporter)
        solver.parameters.max_time_in_seconds = min(slice_seconds, max(0.05, reporter.remaining_seconds()))
        return solver.solve(ScheduleModel(project, set(rules) - set(kept)).model) != cp_model.INFEASIBLE

    at_fault = smallest_conflict(rules, can_hold)
    if not at_fault:
        return Fault(
            f"{project.name}: the work does not fit into the horizon of {project.horizon}.", "Lengthen it."
        )
    words = "; ".join(_describe(rule) for rule in at_fault)
    return Fault(
        f"{project.name}: no schedule can meet these together: {words}.", "Give up or loosen one of them."
    )


def _rules(project: Project) -> list[Rule]:
    rules: list[Rule] = [("capacity", resource.name) for resource in project.resources]
    rules += [("order", _order_name(project, each.before, each.after)) for each in project.precedences]
    for task in project.tasks:
        rules += [("closed", task.name)] if task.closed else []
        rules += [("window", task.name)] if task.ends_within is not None else []
        rules += [("latest", task.name)] if task.latest is not None else []
        rules += [("earliest", task.name)] if task.earliest > 0 else []
    return list(dict.fromkeys(rules))


def _describe(rule: Rule) -> str:
    words = {
        "capacity": "the capacity of {}",
        "order": "{}",
        "closed": "the freezes of {}",
        "window": "the windows of {}",
        "latest": "the latest end of {}",
        "earliest": "the earliest start of {}",
    }
    return words[rule[0]].format(rule[1])


def _order_name(project: Project, before: int, after: int) -> str:
    return f"{project.tasks[before].name} before {project.tasks[after].name}"


def _open_starts(task: Task, duration: int, horizon: int) -> cp_model.Domain:
    """Starts from which no closed span is touched."""
    closed = [
        (since - duration + 1, until - 1) for since, until in task.closed if until > since and duration > 0
    ]
    everything = cp_model.Domain(0, horizon)
    if not closed:
        return everything
    return everything.intersection_with(cp_model.Domain.from_intervals(closed).complement())


def _flat(resource: Resource, horizon: int) -> list[tuple[int, int, int]]:
    """Reductions as spans that do not overlap, none above the capacity."""
    times = sorted({0, horizon, *(at for since, until, _ in resource.reductions for at in (since, until))})
    spans = []
    for since, until in zip(times, times[1:], strict=False):
        amount = sum(each for first, last, each in resource.reductions if first <= since and until <= last)
        if amount > 0 and 0 <= since < horizon:
            spans.append((since, until, min(amount, resource.capacity)))
    return spans


if __name__ == "__main__":
    serve(schedule_project)
