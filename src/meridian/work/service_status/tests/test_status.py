"""How services stand: what hits them, who is told, once, and what everybody reads."""

import json
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from house.factory import MAKER, make
from house.jobs import react

from meridian.engine.notices.models import Notice
from meridian.engine.records import reference
from meridian.holdings.configuration.facade import entry_of
from meridian.work.change_calendar.facade import ChangeWindow
from meridian.work.majors.facade import MajorIncident
from meridian.work.majors.testing import verbs as majors
from meridian.work.service_status import commands
from meridian.work.service_status.board import board
from meridian.work.service_status.jobs import spread
from meridian.work.service_status.models import Disruption, StatusStep, Subscription
from meridian.work.service_status.offers import unsubscribe_by_link
from meridian.work.service_status.reactions import tell_next
from meridian.work.service_status.rules import Stretch, availability, percent_of
from meridian.work.servicedesk.testing import SmallDesk, account_of, signed_in, small_desk, some_item

pytestmark = pytest.mark.django_db
Service, Support = reference("services.Service"), reference("services.Support")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def services() -> tuple[Any, Any]:
    network = make(Service, code="network", name={"en": "Network"}, state="live")
    mail = make(Service, code="mail", name={"en": "Mail"}, state="live")
    make(Support, service=mail, concerns=entry_of(network))
    return network, mail


def declared(desk: SmallDesk, thing: Any) -> MajorIncident:
    incident = some_item(desk, title="Nobody gets mail", concerns=entry_of(thing))
    row = majors.declare_major(
        actor=MAKER,
        incident=incident,
        subject={"en": "Cable cut"},
        manager=desk.lead,
        communications=desk.agent,
        technical_lead=desk.resolver,
    )
    react()
    return row


def test_overlapping_stretches_count_once_by_the_gravest():
    day = (NOON - 12 * HOUR, NOON + 12 * HOUR)
    stretches = [
        Stretch("partial", NOON - 2 * HOUR, NOON),
        Stretch("outage", NOON - HOUR, NOON + HOUR),
        Stretch("degraded", NOON, None),
    ]
    assert availability(stretches, *day) == pytest.approx(1 - 2.5 / 24)
    assert availability([Stretch("outage", NOON, NOON + HOUR)], NOON + HOUR, NOON + 2 * HOUR) == 1
    assert str(percent_of(0.999999)) == "99.99"
    assert percent_of(availability([], *day)) == 100


def test_a_major_incident_hits_what_rests_on_its_thing_and_standing_down_ends_it(desk: SmallDesk):
    network, mail = services()
    row = declared(desk, network)
    assert set(Disruption.objects.values_list("service", "level")) == {
        (network.pk, "partial"),
        (mail.pk, "partial"),
    }
    worst = Disruption.objects.get(service=mail)
    commands.alter(actor=MAKER, row=worst, level="outage")
    levels = {line.service.code: line.level for line in board(datetime.now(UTC)).lines}
    assert levels == {"network": "partial", "mail": "outage"}
    majors.resolve_together(actor=MAKER, row=row, solution="Spliced")
    row.refresh_from_db()
    majors.stand_down(actor=MAKER, row=row)
    react()
    assert not Disruption.objects.filter(ends_at=None).exists()
    kinds = StatusStep.objects.filter(service=mail).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["began", "altered", "ended"]
    assert {line.level for line in board(datetime.now(UTC)).lines} == {"operational"}


def test_each_who_follows_is_told_once_of_an_occasion_and_hears_no_more_by_the_link(desk: SmallDesk):
    network, mail = services()
    follower = account_of(desk.requester)
    for service in (network, mail, None):
        make(Subscription, account=follower, service=service, site=None)
    declared(desk, network)
    occasion = StatusStep.objects.values_list("occasion", flat=True).distinct().get()
    assert tell_next(occasion, 0) == follower.pk
    spread(occasion, 0)
    (told,) = Notice.objects.filter(account=follower, kind="service_status.step")
    assert "Cable cut" in told.words
    row = Subscription.objects.get(pk=told.offered["row_id"])
    opened = unsubscribe_by_link(MAKER, row)
    opened.act("stop", {})
    assert not Subscription.objects.filter(pk=row.pk).exists()


def test_a_maintenance_window_of_what_a_service_rests_on_is_planned_maintenance():
    network, mail = services()
    now = datetime.now(UTC)
    window = make(
        ChangeWindow, type="maintenance", name={"en": "Splicing"}, starts_at=now, ends_at=now + HOUR
    )
    make(reference("change_calendar.WindowScope"), window=window, concerns=entry_of(network))
    found = board(now)
    assert [one.services for one in found.planned] == [{network.pk, mail.pk}]
    assert {line.level for line in found.lines} == {"maintenance"}


def test_the_page_is_for_who_signs_in_unless_the_operator_opens_it(
    desk: SmallDesk, client: Any, settings: Any, django_assert_max_num_queries: Any
):
    network, _mail = services()
    declared(desk, network)
    assert client.get(reverse("service-status")).status_code in (302, 403)
    settings.PUBLIC_STATUS = True
    with django_assert_max_num_queries(16):
        page = client.get(reverse("service-status"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Partial outage" in text
    assert "Cable cut" in text
    assert len(page.content) < 15_000
    assert (
        "Partial outage" in client.get(reverse("service-status-service", args=("network",))).content.decode()
    )
    assert client.get(reverse("service-status-service", args=("telegraph",))).status_code == 404
    feed = ElementTree.fromstring(client.get(reverse("service-status-atom")).content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 2
    told = json.loads(client.get(reverse("service-status-json")).content)
    assert {one["level"] for one in told["_services"]} == {"partial"}


def test_somebody_follows_a_service_on_its_page_and_follows_it_no_more(desk: SmallDesk):
    network, _mail = services()
    reader = signed_in(account_of(desk.requester))
    page = reverse("service-status-service", args=(network.code,))
    for sent, count in (({}, 1), ({}, 1), ({"stop": "1"}, 0)):
        answer = reader.post(reverse("service-status-follow"), {"service": network.code, **sent})
        assert answer.url == page
        assert Subscription.objects.count() == count
    assert reader.get(page).status_code == 200
