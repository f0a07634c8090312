"""Why this one and not that one: the next best portfolio with a project forced in or out."""

from dataclasses import dataclass, replace
from fractions import Fraction

from meridian.solvers.selection.problem import Portfolio, Problem
from meridian.solvers.selection.solve import OutOfTime, proven_best


@dataclass(frozen=True, slots=True)
class Swap:
    """What happens when `project` is forced in (or out): who comes, who goes, what is lost.

    `possible` is False when the limits don't allow it at all; `blockers` then names the limits
    that it breaks by itself together with what is mandated.
    """

    project: str
    forced_in: bool
    possible: bool
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()
    loss: Fraction = Fraction(0)
    cost_change: int = 0
    blockers: tuple[str, ...] = ()


def swaps(problem: Problem, chosen: Portfolio, *, stop_at: float) -> list[Swap]:
    """One swap for every project, the least loss first; those that time forbids to prove are left out."""
    found = []
    for project in problem.projects:
        try:
            found.append(_swap(problem, chosen, project, stop_at))
        except OutOfTime:
            break
    return sorted(found, key=lambda swap: (not swap.possible, swap.loss, swap.project))


def _swap(problem: Problem, chosen: Portfolio, project: str, stop_at: float) -> Swap:
    is_in = project in chosen.projects
    if is_in and project in problem.mandated:
        return Swap(project, False, False, blockers=("mandated",))
    if is_in:
        forced = replace(problem, barred=(*problem.barred, project))
    else:
        forced = replace(problem, mandated=(*problem.mandated, project))
    answer = proven_best(forced, stop_at=stop_at)
    if answer is None:
        return Swap(project, not is_in, False, blockers=_blockers(problem, project, is_in))
    other = answer.portfolio
    return Swap(
        project,
        not is_in,
        True,
        tuple(name for name in other.projects if name not in chosen.projects),
        tuple(name for name in chosen.projects if name not in other.projects),
        chosen.value - other.value,
        other.cost - chosen.cost,
    )


def _blockers(problem: Problem, project: str, is_in: bool) -> tuple[str, ...]:
    """Limits that even the leanest option of the project breaks, or those that need it."""
    if is_in:
        return tuple(one for one, two in problem.requires if two == project and one in problem.mandated)
    options = [choice for choice in problem.choices if choice.project == project]
    return tuple(
        limit.name
        for limit in problem.limits
        if options and min(limit.use(choice) for choice in options) > limit.amount
    )
