"""What is closed is no longer counted."""

import pytest
from house.factory import make
from house.nouns import Unit

from meridian.holdings.facilities.facade import count_facilities_by_location_group
from meridian.holdings.facilities.models import Facility


@pytest.mark.django_db
def test_holdings_are_counted_by_the_location_group_of_their_unit():
    mission, seat = make(Unit, location_group="missions"), make(Unit, location_group="headquarters")
    for unit in (mission, mission, seat):
        make(Facility, unit=unit)
    make(Facility, unit=mission, state=Facility.State.CLOSED)
    assert count_facilities_by_location_group() == {"missions": 2, "headquarters": 1}
