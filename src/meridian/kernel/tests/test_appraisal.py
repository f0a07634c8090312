"""What must hold of an appraisal: rates zero the value, and flows without one rate are refused."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.appraisal import (
    NoRate,
    appraise,
    benefit_cost_ratio,
    equivalent_annual,
    internal_rate,
    modified_rate,
    payback,
    present_value,
)

amounts = st.integers(1, 10**6)
TEN = Decimal("0.10")


def slow_present_value(flows, rate: Fraction) -> Fraction:
    return sum((Fraction(flow) / (1 + rate) ** period for period, flow in enumerate(flows)), Fraction(0))


@given(st.lists(st.integers(-(10**6), 10**6), max_size=15), st.decimals("-0.5", "2", places=4))
def test_present_value_agrees_with_exact_fractions(flows, rate):
    exact = slow_present_value(flows, Fraction(rate))
    assert abs(Fraction(present_value(flows, rate)) - exact) < Fraction(1, 10**15)


@given(st.lists(amounts, min_size=1, max_size=6), st.lists(amounts, min_size=1, max_size=10))
def test_the_internal_rate_brings_the_value_to_zero(costs, benefits):
    flows = [-cost for cost in costs] + benefits
    rate = internal_rate(flows)
    step = Decimal("1e-9")
    assert present_value(flows, rate - step) > 0 > present_value(flows, rate + step)


def test_several_turns_and_no_turn_have_no_rate():
    with pytest.raises(NoRate, match="turn 2 times"):
        internal_rate([-100, 230, -132])
    with pytest.raises(NoRate, match="all costs"):
        internal_rate([-1, -2])
    with pytest.raises(NoRate):
        modified_rate([1, 2], TEN, TEN)


def test_known_figures():
    assert internal_rate([-100, 110]) == TEN
    assert round(present_value([-100, 60, 60], TEN), 4) == Decimal("4.1322")
    assert round(present_value([100], Decimal("0.21"), mid_period=True), 6) == Decimal("90.909091")
    assert round(modified_rate([-1000, -4000, 5000, 2000], TEN, Decimal("0.12")), 4) == Decimal("0.1791")
    assert payback([-100, 40, 40, 40]) == Decimal("2.5")
    assert payback([-100, 50, 50], TEN) is None
    assert payback([10, 10]) == 0
    assert payback([-100, 150, -60, 40]) == Decimal("2.25")
    assert benefit_cost_ratio([0, 121], [100, 0], TEN) == Decimal("1.1")
    assert benefit_cost_ratio([1], [0], TEN) is None
    assert round(equivalent_annual(Decimal(1000), TEN, 5), 2) == Decimal("263.80")
    assert equivalent_annual(Decimal(1000), Decimal(0), 5) == 200


def test_an_appraisal_says_what_it_cannot_say():
    plain = appraise([100, 0, 0], [0, 60, 60], TEN)
    assert plain.why_no_rate == ""
    assert [rate for rate, _ in plain.sensitivity] == [Decimal("0.08"), TEN, Decimal("0.12")]
    assert plain.sensitivity[1][1] == plain.present_value
    turning = appraise([100, 0, 132], [0, 230, 0], TEN)
    assert turning.internal_rate is None
    assert "turn 2 times" in turning.why_no_rate
    assert turning.modified_rate is not None


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="above -1"):
        present_value([1], Decimal(-1))
    with pytest.raises(ValueError, match="same periods"):
        appraise([1], [1, 2], TEN)
    with pytest.raises(ValueError, match="at least one period"):
        equivalent_annual(Decimal(1), TEN, 0)
    with pytest.raises(TypeError):
        present_value([0.5], TEN)
