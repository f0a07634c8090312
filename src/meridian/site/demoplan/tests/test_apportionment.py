"""Shares sum to the whole, keep their bounds, and tables keep both margins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from meridian.site.demoplan.apportionment import apportion, spread

weights = some.lists(some.integers(1, 1000), min_size=1, max_size=30)


@given(some.integers(0, 100_000), weights)
def test_parts_sum_to_the_whole_and_stay_within_one_of_their_share(total: int, pulls: list[int]) -> None:
    parts = apportion(total, pulls)
    assert parts.sum() == total
    shares = total * np.array(pulls) / sum(pulls)
    assert (np.abs(parts - shares) <= 1 + 1e-6 * total).all()


@given(weights, some.data())
def test_parts_keep_their_bounds(pulls: list[int], data: some.DataObject) -> None:
    bounds = [sorted(data.draw(some.tuples(some.integers(0, 50), some.integers(0, 50)))) for _ in pulls]
    low, high = [least for least, _ in bounds], [most for _, most in bounds]
    total = data.draw(some.integers(sum(low), sum(high)))
    parts = apportion(total, pulls, lower=low, upper=high)
    assert parts.sum() == total
    assert (parts >= low).all()
    assert (parts <= high).all()


def test_bounds_that_no_split_meets_are_refused() -> None:
    with pytest.raises(ValueError, match="no split of 3"):
        apportion(3, [1, 1], lower=2)


@given(some.lists(some.lists(some.integers(0, 500), min_size=4, max_size=4), min_size=1, max_size=12))
def test_a_table_keeps_its_rows_and_columns(cells: list[list[int]]) -> None:
    table = np.array(cells)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    found = spread(rows, columns)
    assert (found.sum(axis=1) == rows).all()
    assert (found.sum(axis=0) == columns).all()
    assert (found >= 0).all()


def test_margins_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="rows sum to 3, columns to 4"):
        spread([1, 2], [4])
