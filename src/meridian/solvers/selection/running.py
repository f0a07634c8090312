"""Asking the worker process: a selection or a spread, within seconds."""

from collections.abc import Sequence
from typing import Any

from meridian.solvers.selection.problem import Problem
from meridian.solvers.selection.tasks import SOLVER, SelectionJob, SpreadJob
from meridian.solvers.solving.worker import limits_from, run

SEED, TRIALS = 20_100, 100_000


def select(problem: Problem, *, seconds: float, points: int = 24, decimals: int = 2) -> dict[str, Any]:
    """The answer of `selection.answer`; a `Fault` says why there is none."""
    job = SelectionJob(problem, points, decimals)
    return run(SOLVER, job, limits_from(seconds), show_progress=False).solution


def spread(
    flows: Sequence[Sequence[tuple[int, int, int]]], rate: float, *, seconds: float = 30
) -> dict[str, Any]:
    """Percentiles and histogram of the net present value; flows by project and year, low to high."""
    job = SpreadJob(tuple(tuple(years) for years in flows), rate, TRIALS, SEED)
    return run(SOLVER, job, limits_from(seconds), show_progress=False).solution
