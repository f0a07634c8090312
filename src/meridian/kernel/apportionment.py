"""Exact shares in one dimension: parts that always sum to the whole.

Everything here takes exact numbers (int, Fraction, Decimal) and gives ints. A float is
refused, because a float has already been rounded once. Largest remainder is Hamilton's
method. Tables in two dimensions are in `meridian.kernel.controlled_rounding`.
"""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Exact = int | Fraction | Decimal


def exact(value: Exact) -> Fraction:
    """The same number as a Fraction; a float or a bool raises TypeError."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        raise TypeError(f"{value!r} is not an exact number; give an int, a Fraction or a Decimal.")
    return Fraction(value)


def largest_remainder(total: int, weights: Iterable[Exact]) -> list[int]:
    """Split `total` over `weights` so that the parts are ints and sum to `total`.

    Each part is the floor or the ceiling of its exact share (for a negative total the
    parts mirror those of the positive one). Ties go to the larger remainder, then to the
    larger weight, then to the earlier index. Negative weights, or no positive weight with
    a total that is not zero, raise ValueError.
    """
    if isinstance(total, bool) or not isinstance(total, int):
        raise TypeError(f"The total {total!r} is not an int.")
    scaled, _ = over_one_denominator([exact(weight) for weight in weights])
    whole = sum(scaled)
    if any(weight < 0 for weight in scaled):
        raise ValueError("A weight is negative; shares cannot be negative.")
    if whole == 0:
        if total:
            raise ValueError(f"All weights are zero, so {total} cannot be shared out.")
        return [0] * len(scaled)
    amount = abs(total)
    parts = [amount * weight // whole for weight in scaled]
    missing = amount - sum(parts)
    order = sorted(
        range(len(scaled)),
        key=lambda index: (-(amount * scaled[index] % whole), -scaled[index], index),
    )
    for index in order[:missing]:
        parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]


def cumulative_rounding(series: Iterable[Exact]) -> list[int]:
    """Round a time series so that every running total is the rounded exact running total."""
    rounded: list[int] = []
    running, printed = Fraction(0), 0
    for value in series:
        running += exact(value)
        target = round_half_up(running)
        rounded.append(target - printed)
        printed = target
    return rounded


def round_half_up(value: Exact) -> int:
    """The nearest int; a half goes away from zero, as printed tables do."""
    number = exact(value)
    size = math.floor(abs(number) + Fraction(1, 2))
    return size if number >= 0 else -size


def printed_step(minor_per_major: int, majors_per_unit: int, decimals: int) -> Fraction:
    """Minor units that one unit of the last printed digit stands for."""
    return Fraction(minor_per_major * majors_per_unit, 10**decimals)


def as_printed(steps: int, decimals: int) -> Decimal:
    """The count of last digits as a Decimal with that many decimals: (12345, 1) is 1234.5."""
    return Decimal(steps).scaleb(-decimals)


def over_one_denominator(values: list[Fraction]) -> tuple[list[int], int]:
    """The numerators of `values` over their least common denominator, and that denominator."""
    denominator = math.lcm(*{value.denominator for value in values}) if values else 1
    return [value.numerator * (denominator // value.denominator) for value in values], denominator
