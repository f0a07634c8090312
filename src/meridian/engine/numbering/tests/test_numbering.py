"""Numbers are quoted by people: whole, in order, never given twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from meridian.engine.numbering import Series, next_number, next_numbers


@given(some.integers(1, 10**12))
def test_a_number_keeps_all_its_digits(count: int) -> None:
    text = Series("INC").text(count)
    assert text.startswith("INC")
    assert int(text[3:]) == count
    assert len(text) >= 10


@pytest.mark.parametrize("prefix", ["", "IN-C", 'x"; DROP', "ИНЦ"])
def test_a_prefix_is_plain_letters(prefix: str) -> None:
    with pytest.raises(ValueError, match="plain letters"):
        Series(prefix)


@pytest.mark.django_db
def test_numbers_follow_one_another() -> None:
    series = Series("INC")
    first = int(next_number(series)[3:])
    assert next_numbers(series, 3) == [series.text(first + step) for step in (1, 2, 3)]
