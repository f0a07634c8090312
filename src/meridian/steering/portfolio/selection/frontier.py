"""The efficient frontier: for each cost the most value, by epsilon-constraint."""

import time
from dataclasses import replace
from fractions import Fraction

from meridian.steering.portfolio.selection.problem import Portfolio, Problem
from meridian.steering.portfolio.selection.solve import best


def frontier(problem: Problem, *, points: int, stop_at: float) -> list[Portfolio]:
    """Efficient portfolios from the dearest to the cheapest.

    Each is the most valuable of its cost and the cheapest of its value. Between neighbours
    at most the `points`-th part of the span of costs is skipped; with few portfolios none is.
    Ends early, at the cheap end, when the monotonic clock passes `stop_at`.
    """
    found: list[Portfolio] = []
    most_cost: int | None = None
    step = 1
    leanest = best(problem, seconds=_left(stop_at), cheapest_of=_worst(problem))
    if leanest is None:
        return []
    floor = leanest.portfolio.cost
    while len(found) < points and time.monotonic() < stop_at:
        richest = best(problem, seconds=_left(stop_at), most_cost=most_cost)
        if richest is None:
            break
        cheapest = best(
            problem,
            seconds=_left(stop_at),
            most_cost=richest.portfolio.cost,
            cheapest_of=richest.portfolio.value,
        )
        at = richest.portfolio
        if cheapest is not None and cheapest.portfolio.value >= at.value:
            at = cheapest.portfolio
        found.append(at)
        if most_cost is None:
            step = max(1, (at.cost - floor) // points)
        if at.cost <= floor:
            break
        most_cost = max(floor, at.cost - step)
    return found


def without_ceilings(problem: Problem) -> Problem:
    """The same choices with all the money one likes: shows what the ceilings cost."""
    return replace(problem, ceilings=())


def regret(frontier_points: list[Portfolio]) -> list[Fraction]:
    """How much less each point is worth than the best of them."""
    top = max((point.value for point in frontier_points), default=Fraction(0))
    return [top - point.value for point in frontier_points]


def _worst(problem: Problem) -> Fraction:
    """A value that every portfolio reaches."""
    return Fraction(sum(min(0, choice.value) for choice in problem.choices))


def _left(stop_at: float) -> float:
    return max(0.05, stop_at - time.monotonic())
