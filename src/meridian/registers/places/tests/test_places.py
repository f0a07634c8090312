"""Places on earth, in zones that exist, open before they close."""

import pytest
from house.factory import MAKER, make

from meridian.engine.commands import Refusal
from meridian.registers.places.commands import change_duty_station, change_site, remove_duty_station
from meridian.registers.places.models import DutyStation, Site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value"),
    [("zone", "Mars/Olympus"), ("latitude", "90.0001"), ("latitude", "-91"), ("longitude", "180.5")],
)
def test_a_station_lies_on_earth_and_in_a_zone(field, value):
    station = make(DutyStation, zone="Africa/Nairobi")
    with pytest.raises(Refusal) as refused:
        change_duty_station(actor=MAKER, row=station, **{field: value})
    assert refused.value.field == field


@pytest.mark.parametrize(("latitude", "longitude"), [("90", "180"), ("-90", "-180"), ("0", "0")])
def test_the_ends_of_the_earth_are_on_it(latitude, longitude):
    station = make(DutyStation, zone="UTC")
    moved = change_duty_station(actor=MAKER, row=station, latitude=latitude, longitude=longitude)
    assert moved.pk == station.pk


def test_a_site_closes_after_it_has_opened():
    site = make(Site, bandwidth_class="C")
    with pytest.raises(Refusal, match="after it has opened"):
        change_site(actor=MAKER, row=site, opened_on="2026-02-01", closed_on="2026-01-01")


def test_a_station_with_sites_stays():
    site = make(Site)
    with pytest.raises(Refusal, match="refer to this one"):
        remove_duty_station(actor=MAKER, row=site.duty_station)
