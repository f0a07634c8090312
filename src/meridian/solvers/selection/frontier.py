"""The efficient frontier: for each cost the most value, by epsilon-constraint."""

from fractions import Fraction

from meridian.solvers.selection.problem import Portfolio, Problem
from meridian.solvers.selection.solve import OutOfTime, proven_best


def frontier(problem: Problem, *, points: int, stop_at: float) -> list[Portfolio]:
    """Efficient portfolios from the dearest to the cheapest.

    Each is the most valuable of its cost and the cheapest of its value. Between neighbours
    at most the `points`-th part of the span of costs is skipped; with few portfolios none is.
    Ends early, at the cheap end, when the monotonic clock passes `stop_at`; every point is proven.
    """
    found: list[Portfolio] = []
    try:
        leanest = proven_best(problem, stop_at=stop_at, cheapest_of=_worst(problem))
        if leanest is None:
            return []
        floor, step, most_cost = leanest.portfolio.cost, 1, None
        while len(found) <= points:
            at = _efficient(problem, most_cost, stop_at)
            found.append(at)
            if at.cost <= floor:
                break
            if most_cost is None:
                step = max(1, (at.cost - floor) // points)
            most_cost = max(floor, at.cost - step)
    except OutOfTime:
        return found
    return found


def _efficient(problem: Problem, most_cost: int | None, stop_at: float) -> Portfolio:
    """The most valuable portfolio within a cost, and the cheapest of that value."""
    richest = proven_best(problem, stop_at=stop_at, most_cost=most_cost)
    assert richest is not None
    at = richest.portfolio
    cheapest = proven_best(problem, stop_at=stop_at, most_cost=at.cost, cheapest_of=at.value)
    return cheapest.portfolio if cheapest is not None and cheapest.portfolio.value >= at.value else at


def regret(frontier_points: list[Portfolio]) -> list[Fraction]:
    """How much less each point is worth than the best of them."""
    top = max((point.value for point in frontier_points), default=Fraction(0))
    return [top - point.value for point in frontier_points]


def _worst(problem: Problem) -> Fraction:
    """A value that every portfolio reaches."""
    return Fraction(sum(min(0, choice.value) for choice in problem.choices))
