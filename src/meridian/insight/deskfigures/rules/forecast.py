"""What an hour of the week lets expect, from the same hour of the weeks before."""

import math
from collections.abc import Sequence
from statistics import fmean, stdev

# Two-sided 95 per cent points of Student's distribution by degrees of freedom 1 to 11 (any table of it).
T95 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201)


def expected(counts: Sequence[int]) -> tuple[float, float, float]:
    """Mean, and the 95 per cent prediction interval of one more count like these (2 to 12 of them).

    The interval is mean ± t·s·√(1 + 1/n) with n - 1 degrees of freedom (the usual one for a further
    observation of a normal sample), never below nought.
    """
    if not 2 <= len(counts) <= len(T95) + 1:
        raise ValueError("Two to twelve counts make a forecast.")
    mean = fmean(counts)
    reach = T95[len(counts) - 2] * stdev(counts) * math.sqrt(1 + 1 / len(counts))
    return mean, max(0.0, mean - reach), mean + reach
