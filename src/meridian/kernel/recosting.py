"""Recosting: what a change of prices does to an amount, each effect by itself, adding exactly.

An effect is a factor on the amount (an index of 1.02, an exchange effect on the share spent in
local currency, the ratio of occupancies). Effects interact, so the order in which they are
taken matters; Shapley's value takes the mean over all orders and needs none.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations
from math import factorial

from meridian.kernel.apportionment import cumulative_rounding


def inflation_factor(index_base: Fraction, index_new: Fraction) -> Fraction:
    """The new price level over the old one."""
    return index_new / index_base


def exchange_factor(rate_base: Fraction, rate_new: Fraction, local_share: Fraction) -> Fraction:
    """The effect of units of local currency for one dollar going from `rate_base` to `rate_new`.

    Only `local_share` (0 to 1) of the amount is spent in local currency.
    """
    return 1 - local_share + local_share * rate_base / rate_new


def vacancy_factor(vacancy_base: Fraction, vacancy_new: Fraction) -> Fraction:
    """The ratio of the shares of posts that are filled; vacancies run from 0 to below 1."""
    return (1 - vacancy_new) / (1 - vacancy_base)


def in_order(amount: int, factors: Mapping[str, Fraction]) -> dict[str, int]:
    """The effect of each factor in the order given, in smallest units.

    The effects sum to the amount times all factors less the amount, rounded once.
    """
    exact, level = [], Fraction(amount)
    for factor in factors.values():
        exact.append(level * factor - level)
        level *= factor
    return dict(zip(factors, cumulative_rounding(exact), strict=True))


def shapley(amount: int, factors: Mapping[str, Fraction]) -> dict[str, int]:
    """The effect of each factor as the mean over all orders; sums like `in_order`."""
    effects = dict.fromkeys(factors, Fraction(0))
    for order in permutations(factors):
        level = Fraction(amount)
        for name in order:
            effects[name] += level * factors[name] - level
            level *= factors[name]
    orders = factorial(len(factors))
    exact = [effect / orders for effect in effects.values()]
    return dict(zip(factors, cumulative_rounding(exact), strict=True))
