"""The indicators of an empty house, and how millions are printed."""

from decimal import Decimal

import pytest

from meridian.insight.statistics.contracts import INDICATORS
from meridian.insight.statistics.queries import in_millions, statistics


@pytest.mark.django_db
def test_an_empty_house_counts_nothing_of_everything() -> None:
    found = statistics()
    assert [row.value for row in found] == [0] * 27
    assert {row.indicator for row in found} == set(INDICATORS)
    assert {row.location_group for row in found} == {"headquarters", "offices_away", "missions"}


@pytest.mark.parametrize(
    ("amount", "millions"), [("148499999.99", 148), ("148500000.00", 149), ("0", 0), ("61999999", 62)]
)
def test_a_half_million_goes_up(amount: str, millions: int) -> None:
    assert in_millions(Decimal(amount)) == millions
