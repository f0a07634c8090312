"""What must hold of money: nothing is lost, nothing is mixed, no float comes in."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.money import Money, total

cents = st.integers(-(10**12), 10**12)


@given(cents, st.lists(st.integers(0, 100), min_size=1, max_size=10).filter(any))
def test_shares_sum_to_the_amount(minor, weights):
    amount = Money(minor, "USD")
    assert total(amount.shared(weights), "USD") == amount


@given(cents, cents)
def test_adding_and_taking_away_come_back(one, other):
    left, right = Money(one, "CHF"), Money(other, "CHF")
    assert left + right - right == left
    assert (left < right) == (one < other)
    assert Money.of(left.amount, "CHF") == left


def test_decimals_follow_the_currency():
    assert Money.of("12.34", "USD").minor == 1234
    assert Money.of(12, "XOF").minor == 12
    assert Money.of("1.005", "KWD").minor == 1005
    assert str(Money.of("-1234567.5", "USD")) == "USD -1,234,567.50"


def test_rounding_is_once_and_away_from_zero_at_the_half():
    assert Money(-5, "USD").times(Fraction(1, 2)) == Money(-3, "USD")
    assert Money.of("100.00", "USD").converted(Decimal("655.957"), "XOF") == Money(65596, "XOF")


def test_what_is_not_exact_or_not_alike_is_refused():
    with pytest.raises(ValueError, match="do not add"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(ValueError, match="more decimals"):
        Money.of("1.005", "USD")
    with pytest.raises(ValueError, match="currency code"):
        Money(1, "usd")
    with pytest.raises(TypeError):
        Money(1.5, "USD")
    with pytest.raises(TypeError):
        Money.of(1.5, "USD")
