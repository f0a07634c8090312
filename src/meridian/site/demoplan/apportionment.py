"""Exact shares of a whole: parts are integers between bounds and always sum to the total."""

import numpy as np
import numpy.typing as npt

from meridian.kernel.apportionment import largest_remainder

Integers = npt.NDArray[np.int64]

SCALE = 1 << 20


def apportion(
    total: int,
    weights: npt.ArrayLike,
    lower: npt.ArrayLike = 0,
    upper: npt.ArrayLike | None = None,
) -> Integers:
    """Split `total` in proportion to `weights` by largest remainder, within `lower` and `upper`.

    A part that would leave its bounds is fixed at the bound and the others share the rest.
    Ties go to the earlier part. Raises ValueError where no such split exists.
    """
    weight = np.asarray(weights, dtype=float)
    low = np.broadcast_to(np.asarray(lower, dtype=np.int64), weight.shape).copy()
    high = np.broadcast_to(np.asarray(total if upper is None else upper, dtype=np.int64), weight.shape).copy()
    high = np.where(weight > 0, high, low)
    if (low > high).any() or low.sum() > total or high.sum() < total:
        raise ValueError(f"no split of {total} lies within the bounds {low.sum()} to {high.sum()}")
    quota = _bounded_quota(total, weight, low, high)
    parts = np.where(quota <= low, low, high)
    free = (quota > low) & (quota < high)
    scaled = [round(share * SCALE) for share in quota[free]]
    parts[free] = largest_remainder(int(total - parts[~free].sum()), scaled)
    return parts


def _bounded_quota(
    total: int, weight: npt.NDArray[np.float64], low: Integers, high: Integers
) -> npt.NDArray[np.float64]:
    """Real shares `clip(weight × k, low, high)` for the one factor k at which they sum to `total`."""
    ceiling = 1.0
    while np.clip(weight * ceiling, low, high).sum() < total:
        ceiling *= 2
    floor = 0.0
    for _ in range(200):
        middle = (floor + ceiling) / 2
        if np.clip(weight * middle, low, high).sum() < total:
            floor = middle
        else:
            ceiling = middle
    return np.clip(weight * ceiling, low, high)


def spread(rows: npt.ArrayLike, columns: npt.ArrayLike) -> Integers:
    """A table of integers with these row and column sums, as near to proportional as exactness allows.

    `rows` and `columns` are integers of equal sum. Each row is apportioned by what is left of the
    columns and capped by it, so that the last row takes exactly the rest.
    """
    wanted = np.asarray(rows, dtype=np.int64)
    left = np.asarray(columns, dtype=np.int64).copy()
    if wanted.sum() != left.sum():
        raise ValueError(f"rows sum to {wanted.sum()}, columns to {left.sum()}")
    table = np.zeros((wanted.size, left.size), dtype=np.int64)
    for index, amount in enumerate(wanted):
        if amount:
            table[index] = apportion(int(amount), left, upper=left)
            left -= table[index]
    return table
