"""The core services, and which of them rest on what."""

import pytest
from house.factory import MAKER, make

from meridian.engine.modules.registry import offers_to
from meridian.engine.records import reference
from meridian.holdings.configuration.facade import entry_of
from meridian.holdings.services.facade import services_on
from meridian.holdings.services.models import Service, Support

pytestmark = pytest.mark.django_db


def test_a_service_rests_on_what_its_services_rest_on_however_deep_and_in_circles():
    application = make(reference("applications.Application"))
    network, mail, desk = (make(Service, code=code) for code in ("network", "mail", "desk"))
    gone = make(Service, code="telegraph", state="retired")
    for service, below in (
        (network, application),
        (mail, network),
        (desk, mail),
        (network, desk),
        (gone, mail),
    ):
        make(Support, service=service, concerns=entry_of(below))
    assert services_on([entry_of(application).pk]) == {network.pk, mail.pk, desk.pk}
    assert services_on([entry_of(make(Service, code="printing")).pk]) == {
        Service.objects.get(code="printing").pk
    }
    assert services_on([]) == frozenset()


def test_the_demo_organisation_offers_twelve_core_services_once():
    unit = make(reference("organisation.Unit"), provides_ict=True)
    make(reference("people.Affiliation"), unit=unit, ends_on=None)
    (offer,) = [given for given in offers_to("demo") if given.module == "services"]
    for _time in range(2):
        offer.function(MAKER)
    assert Service.objects.count() == 12
    mail = Service.objects.get(code="mail")
    assert [offering.tier for offering in mail.offerings.order_by("tier")] == [1, 2]
    assert {"mail", "desk"} <= {Service.objects.get(pk=key).code for key in services_on([entry_of(mail).pk])}
