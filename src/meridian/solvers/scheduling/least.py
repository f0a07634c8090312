"""What is proven of a project's cost without any schedule."""

import math
from collections.abc import Callable

from meridian.solvers.scheduling.day_prices import DayPrices, climb
from meridian.solvers.scheduling.lists import cost_bound
from meridian.solvers.scheduling.project import Project
from meridian.solvers.scheduling.tables import fits, tables_of


def least_cost(project: Project, known_cost: int, *, go_on: Callable[[int], bool]) -> int:
    """A whole bound on the cost of any schedule, from 0 to `known_cost`.

    Prices per day climb while `go_on(turn)`; where it refuses turn 0 simple bounds are all there is.
    """
    least = float(cost_bound(project))
    if fits(project) and go_on(0):
        climbed = climb(
            DayPrices(project, tables_of(project)),
            known_cost=lambda: float(known_cost),
            tell=lambda _bound: None,
            go_on=go_on,
        )
        least = max(least, climbed)
    return max(0, min(known_cost, math.ceil(least - 1e-6 * max(1.0, abs(least)))))
