"""A long history is cut and says so; what the item is about is never cut away."""

import datetime

import pytest

from meridian.engine.audit import trail
from meridian.work.servicedesk.testing import TESTS, account_of, signed_in, small_desk, some_item

pytestmark = pytest.mark.django_db
MANY = 260


def test_an_item_of_many_events_keeps_its_description_and_leads_to_the_earlier_ones():
    desk = small_desk()
    item = some_item(desk, title="The link is slow", text="Since Monday, in the whole building")
    begun = item.events.count()
    now = datetime.datetime.now(datetime.UTC)
    with trail.entry("tests.many", TESTS):
        item.events.model.objects.bulk_create(
            item.events.model(item=item, sequence=begun + number, at=now, type="started")
            for number in range(1, MANY + 1)
        )
    agent = signed_in(account_of(desk.agent, "servicedesk.workitem.*"))
    requester = signed_in(account_of(item.requester))
    whole = {agent: f"/desk/{item.number}/?events=all", requester: f"/portal/{item.number}/?all=yes"}
    for client, way in whole.items():
        page = client.get(way.split("?")[0]).content.decode()
        assert "Since Monday, in the whole building" in page, way
        assert f"201 of {MANY + begun} are shown" in page, way
        assert way.partition("/")[2].partition("?")[2] in page, way
        every = client.get(way).content.decode()
        assert every.count("began to work on it") == MANY or way.startswith("/portal/"), way
        assert "are shown" not in every
