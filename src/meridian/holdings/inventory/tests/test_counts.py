"""What is retired is no longer counted."""

import pytest
from house.factory import make
from house.nouns import Unit

from meridian.holdings.inventory.facade import (
    count_servers_by_location_group,
    count_workstations_by_location_group,
)
from meridian.holdings.inventory.models import Life, Server, Workstation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "count"),
    [(Server, count_servers_by_location_group), (Workstation, count_workstations_by_location_group)],
)
def test_holdings_are_counted_by_the_location_group_of_their_unit(model, count):
    mission, seat = make(Unit, location_group="missions"), make(Unit, location_group="headquarters")
    for unit, state in ((mission, Life.IN_SERVICE), (mission, Life.IN_STOCK), (mission, Life.RETIRED)):
        make(model, unit=unit, state=state)
    make(model, unit=seat, state=Life.IN_REPAIR)
    assert count() == {"missions": 2, "headquarters": 1}
