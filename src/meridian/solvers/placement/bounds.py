"""Lower bound of the cost of a placement.

Usage of a resource summed over all machines does not depend on the placement. As max(0, .) is convex,
the overload is least when it may be spread freely: load >= w * max(0, sum of use - sum of safety), and
likewise balance >= w * max(0, target * sum of free first - sum of free second). Moves cost nothing at least.
"""

import numpy as np

from meridian.solvers.placement.files import Model


def lower_bound(model: Model) -> int:
    """A cost that no feasible placement can be below."""
    used = model.requirement.sum(axis=0)
    overload = np.maximum(used - model.safety.sum(axis=0), 0)
    free = model.capacity.sum(axis=0) - used
    total = int((overload * model.load_weight).sum())
    for first, second, target, weight in model.balances.tolist():
        total += weight * max(0, target * int(free[first]) - int(free[second]))
    return total
