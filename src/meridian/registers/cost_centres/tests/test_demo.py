"""The cost centres of the demo organisation."""

import pytest
from house.factory import MAKER, make

from meridian.engine.modules.registry import offers_to
from meridian.engine.records import reference
from meridian.registers.cost_centres.facade import owner_of, owners_above
from meridian.registers.cost_centres.models import CostCentre

pytestmark = pytest.mark.django_db


def test_each_unit_where_somebody_works_gets_one_once():
    affiliation = make(reference("people.Affiliation"), ends_on=None)
    (offer,) = [given for given in offers_to("demo") if given.module == "cost_centres"]
    for _time in range(2):
        offer.function(MAKER)
    centre = CostCentre.objects.get(unit=affiliation.unit)
    assert owner_of(centre.code) == affiliation.person_id
    assert owners_above(affiliation.unit.path) == [affiliation.person_id]
