"""Reads of projects: the plan beside its baseline, and earned value."""

from dataclasses import dataclass
from datetime import date

from meridian.work.projects.models import Baseline, BaselineTask, Project, Task
from meridian.work.projects.rules.earned_value import EarnedValue, Work, earned_value


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A task beside what the last baseline froze of it; `frozen` is None for what came later."""

    task: Task
    level: int
    is_leaf: bool
    frozen: BaselineTask | None
    waits_for: tuple[str, ...]


def project_of(code: str) -> Project | None:
    """The project of this code."""
    return Project.objects.filter(code=code).first()


def last_baseline(project: Project) -> Baseline | None:
    """The baseline that measures the project now."""
    return project.baselines.order_by("-number").first()


def plan_of(project: Project, baseline: Baseline | None) -> list[PlanLine]:
    """The tasks in the order of their codes (2 before 10), each with level and predecessors."""
    tasks = sorted(
        project.tasks.prefetch_related("predecessors__predecessor"), key=lambda task: _place(task.code)
    )
    known = {task.pk: task for task in tasks}
    frozen = {row.code: row for row in baseline.tasks.all()} if baseline else {}
    parents = {task.parent_id for task in tasks}
    return [
        PlanLine(
            task,
            _level(task, known),
            task.pk not in parents,
            frozen.get(task.code),
            tuple(each.predecessor.code for each in task.predecessors.all()),
        )
        for task in tasks
    ]


def earned_value_of(plan: list[PlanLine], on: date) -> EarnedValue:
    """Earned value on a day, against the baseline where a task has one and the plan where not."""
    return earned_value([work_of(line) for line in plan if line.is_leaf], on)


def work_of(line: PlanLine) -> Work:
    """A task as it is measured: by the baseline where that has it, else by the plan."""
    measure, task = line.frozen or line.task, line.task
    return Work(measure.budget_usd, measure.starts_on, measure.ends_on, task.percent_done, task.spent_usd)


def _place(code: str) -> tuple[tuple[int, int, str], ...]:
    """Codes as people read them: numbers by value, words by letter."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in code.split("."))


def _level(task: Task, known: dict[int, Task]) -> int:
    level, parent = 0, task.parent_id
    while parent in known and level < len(known):
        level, parent = level + 1, known[parent].parent_id
    return level
