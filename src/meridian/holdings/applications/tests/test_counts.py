"""What is retired is no longer counted."""

import pytest
from house.factory import make
from house.nouns import Unit

from meridian.holdings.applications.facade import count_applications_by_location_group
from meridian.holdings.applications.models import Application


@pytest.mark.django_db
def test_holdings_are_counted_by_the_location_group_of_their_unit():
    mission, seat = make(Unit, location_group="missions"), make(Unit, location_group="headquarters")
    for unit in (mission, mission, seat):
        make(Application, unit=unit)
    make(Application, unit=mission, state=Application.State.RETIRED)
    assert count_applications_by_location_group() == {"missions": 2, "headquarters": 1}
