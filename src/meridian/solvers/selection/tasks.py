"""What is asked of the worker process, without the libraries that answer it."""

from dataclasses import dataclass

from meridian.solvers.selection.problem import Problem

SOLVER = "meridian.solvers.selection.serving"


@dataclass(frozen=True, slots=True)
class SelectionJob:
    """Choose from a problem; `points` bounds the frontier, `decimals` are those of its amounts."""

    problem: Problem
    points: int = 24
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class SpreadJob:
    """Flows by project and year as (low, mode, high) in whole units of money, and how to draw."""

    flows: tuple[tuple[tuple[int, int, int], ...], ...]
    rate: float
    trials: int
    seed: int
