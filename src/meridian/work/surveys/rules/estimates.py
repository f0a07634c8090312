"""What answers say of all who could have been asked, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its bounds, from 0 to 1."""

    share: float
    low: float
    high: float


def weighted_mean(values: Sequence[float], chances: Sequence[float]) -> float:
    """The mean where each value counts for as many as could have been drawn instead of it (1/p)."""
    weights = [1 / chance for chance in chances]
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)


def effective_number(chances: Sequence[float]) -> float:
    """How many answers of one chance say as much as these (Kish): all of them where the chances are equal."""
    weights = [1 / chance for chance in chances]
    return sum(weights) ** 2 / sum(weight**2 for weight in weights)


def wilson(share: float, number: float, z: float = Z) -> Interval:
    """The interval of Wilson of a share of `number` answers; unlike the plain one it never leaves 0 to 1."""
    if number <= 0:
        return Interval(share, 0.0, 1.0)
    middle = (share + z * z / (2 * number)) / (1 + z * z / number)
    half = z * sqrt(share * (1 - share) / number + z * z / (4 * number * number)) / (1 + z * z / number)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def satisfied(values: Sequence[int], chances: Sequence[float], least: int) -> Interval:
    """The share of answers of at least so much, with its interval."""
    share = weighted_mean([float(value >= least) for value in values], chances)
    return wilson(share, effective_number(chances))
