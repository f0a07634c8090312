"""What must hold of a rounded table: each cell and each margin is a neighbour of its exact value."""

import itertools
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.controlled_rounding import controlled_rounding, in_steps


def tables(height: int, width: int, denominator: int):
    cell = st.integers(-50, 50).map(lambda number: Fraction(number, denominator))
    return st.integers(1, height).flatmap(
        lambda rows: st.integers(1, width).flatmap(
            lambda columns: st.lists(
                st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows
            )
        )
    )


def margins(table):
    return (
        [sum(row) for row in table]
        + [sum(column) for column in zip(*table, strict=True)]
        + [sum(map(sum, table))]
    )


def neighbours(number, exact) -> bool:
    return math.floor(exact) <= number <= math.ceil(exact)


def distance(rounded, table) -> Fraction:
    pairs = zip(itertools.chain(*rounded), itertools.chain(*table), strict=True)
    return sum((abs(number - exact) for number, exact in pairs), Fraction(0))


def slow_least_distance(table) -> Fraction:
    """Tries every floor and ceiling of every cell."""
    width = len(table[0])
    choices = [sorted({math.floor(cell), math.ceil(cell)}) for row in table for cell in row]
    best = None
    for cells in itertools.product(*choices):
        candidate = [list(cells[i : i + width]) for i in range(0, len(cells), width)]
        if all(neighbours(n, e) for n, e in zip(margins(candidate), margins(table), strict=True)):
            length = distance(candidate, table)
            best = length if best is None else min(best, length)
    return best


@settings(deadline=None, max_examples=60)
@given(tables(12, 8, 7))
def test_cells_and_margins_are_neighbours_of_their_exact_values(table):
    rounded = controlled_rounding(table)
    for row, exact_row in zip(rounded, table, strict=True):
        assert all(neighbours(n, e) for n, e in zip(row, exact_row, strict=True))
    assert all(neighbours(n, e) for n, e in zip(margins(rounded), margins(table), strict=True))


@settings(deadline=None, max_examples=40)
@given(tables(3, 3, 4))
def test_no_other_rounding_is_nearer(table):
    assert distance(controlled_rounding(table), table) == slow_least_distance(table)


@settings(deadline=None, max_examples=20)
@given(tables(6, 6, 10))
def test_the_same_table_is_rounded_the_same_way(table):
    assert controlled_rounding(table) == controlled_rounding(table)


def test_ints_stay_as_they_are():
    assert controlled_rounding([[1, -2], [3, 0]]) == [[1, -2], [3, 0]]


def test_a_thousand_rows_of_sixty_add_in_every_margin():
    table = [
        [Decimal((17 * i * j + 7 * i) % 99991 - 40000).scaleb(-3) for j in range(60)] for i in range(1000)
    ]
    rounded = controlled_rounding(table)
    assert all(neighbours(n, e) for n, e in zip(margins(rounded), margins(table), strict=True))


def test_cents_in_thousands_with_one_decimal():
    steps = in_steps([[1_234_567, 5_001], [-7_500, 10_000]], 10_000)
    assert sum(map(sum, steps)) in (124, 125)
    assert steps[1][1] == 1


def test_unequal_rows_floats_and_steps_of_nothing_are_refused():
    with pytest.raises(ValueError, match="equally long"):
        controlled_rounding([[1, 2], [3]])
    with pytest.raises(TypeError, match="not an exact number"):
        controlled_rounding([[0.1]])
    with pytest.raises(ValueError, match="above zero"):
        in_steps([[1]], 0)


def test_empty_tables_stay_empty():
    assert controlled_rounding([]) == []
    assert controlled_rounding([[], []]) == [[], []]
