"""Effects of recosting add exactly, whatever the factors and the order."""

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.apportionment import round_half_up
from meridian.kernel.recosting import (
    exchange_factor,
    in_order,
    inflation_factor,
    shapley,
    vacancy_factor,
)

FACTORS = st.dictionaries(
    st.sampled_from(("inflation", "exchange", "vacancy", "standard_cost")),
    st.fractions(min_value=Fraction(1, 2), max_value=2, max_denominator=1000),
    min_size=1,
)
CENTS = st.integers(-(10**12), 10**12)


def whole(amount, factors):
    product = Fraction(amount)
    for factor in factors.values():
        product *= factor
    return product


@given(CENTS, FACTORS)
def test_the_effects_make_the_whole_change(amount, factors):
    expected = round_half_up(whole(amount, factors) - amount)
    assert sum(in_order(amount, factors).values()) == expected
    assert sum(shapley(amount, factors).values()) == expected


@given(CENTS, FACTORS)
def test_shapley_asks_for_no_order(amount, factors):
    found = shapley(amount, factors)
    for order in permutations(factors):
        other = shapley(amount, {name: factors[name] for name in order})
        assert all(abs(other[name] - found[name]) <= 1 for name in factors)


@given(CENTS, FACTORS)
def test_a_factor_of_one_has_no_effect(amount, factors):
    found = shapley(amount, {**factors, "none": Fraction(1)})
    assert found["none"] in (-1, 0, 1)
    assert in_order(amount, {"none": Fraction(1)}) == {"none": 0}


def test_the_factors_by_hand():
    assert inflation_factor(Fraction(100), Fraction(103)) == Fraction(103, 100)
    assert exchange_factor(Fraction(1), Fraction(2), Fraction(1, 2)) == Fraction(3, 4)
    assert vacancy_factor(Fraction(1, 10), Fraction(19, 100)) == Fraction(9, 10)
    assert in_order(100_000, {"a": Fraction(11, 10), "b": Fraction(11, 10)}) == {"a": 10_000, "b": 11_000}
    assert shapley(100_000, {"a": Fraction(11, 10), "b": Fraction(11, 10)}) == {"a": 10_500, "b": 10_500}
