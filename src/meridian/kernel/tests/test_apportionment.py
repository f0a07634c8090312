"""What must hold of shares: they sum to the whole, stay next to the exact share, and never wander."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.apportionment import (
    as_printed,
    cumulative_rounding,
    largest_remainder,
    printed_step,
    round_half_up,
)

weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(any)
amounts = st.integers(-(10**15), 10**15)


def slow_largest_remainder(total: int, shares: list[int]) -> list[int]:
    """Hands out the units one by one to the part that is furthest below its exact share."""
    exact = [Fraction(abs(total) * share, sum(shares)) for share in shares]
    parts = [value.numerator // value.denominator for value in exact]
    while sum(parts) < abs(total):
        best = max(range(len(parts)), key=lambda i: (exact[i] - parts[i], shares[i], -i))
        parts[best] += 1
    return [part if total >= 0 else -part for part in parts]


@given(amounts, weights)
def test_parts_sum_to_the_total_and_stay_within_one_of_the_exact_share(total, shares):
    parts = largest_remainder(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - Fraction(total * share, sum(shares))) < 1


@given(amounts, weights)
def test_agrees_with_handing_out_one_by_one(total, shares):
    assert largest_remainder(total, shares) == slow_largest_remainder(total, shares)


@given(amounts, weights, st.integers(1, 1000))
def test_only_the_proportions_of_the_weights_count(total, shares, factor):
    assert largest_remainder(total, shares) == largest_remainder(
        total, [Decimal(share) * factor / 1000 for share in shares]
    )


def test_ties_go_to_remainder_then_size_then_index():
    assert largest_remainder(1, [1, 1]) == [1, 0]
    assert largest_remainder(2, [1, 1, 1]) == [1, 1, 0]
    assert largest_remainder(10, [Fraction(1, 2), Fraction(3, 2)]) == [2, 8]


def test_the_sharing_key_of_the_reference_case():
    assert largest_remainder(17065, [15, 62, 23]) == [2560, 10580, 3925]


@pytest.mark.parametrize(
    ("total", "shares", "error"),
    [(5, [0, 0], ValueError), (5, [], ValueError), (5, [-1, 2], ValueError), (5, [0.5, 0.5], TypeError)],
)
def test_bad_weights_are_refused(total, shares, error):
    with pytest.raises(error):
        largest_remainder(total, shares)


def test_nothing_over_nothing_is_nothing():
    assert largest_remainder(0, [0, 0]) == [0, 0]


@given(st.lists(st.fractions(max_denominator=1000), max_size=30))
def test_running_totals_of_a_series_are_the_rounded_running_totals(series):
    parts = cumulative_rounding(series)
    for length in range(len(series) + 1):
        assert sum(parts[:length]) == round_half_up(sum(series[:length], Fraction(0)))


def test_halves_go_away_from_zero():
    assert [round_half_up(Decimal(text)) for text in ("0.5", "-0.5", "1.49", "-1.5")] == [1, -1, 1, -2]


def test_printed_figures_count_last_digits():
    assert printed_step(100, 1000, 1) == 10_000
    assert as_printed(12345, 1) == Decimal("1234.5")
