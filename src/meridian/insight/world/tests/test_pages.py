"""The world view: every desk on it, as many statements for many desks as for few."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from house.actors import signed_in

from meridian.engine.audit import trail
from meridian.insight.world.queries import world_at
from meridian.work.servicedesk.facade import start
from meridian.work.servicedesk.testing import TESTS, account_of, agent_actor, small_desk, some_item

pytestmark = pytest.mark.django_db
WORLD, WALL = "/world/", "/world/wall/"


@pytest.fixture
def reader() -> Client:
    return signed_in(account_of(small_desk().stranger, "servicedesk.workitem.view"))


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", [WORLD, WALL])
def test_statements_do_not_grow_with_desks(reader, address):
    few = statements(reader, address)
    for _ in range(4):
        some_item(small_desk())
    assert statements(reader, address) == few


def test_every_desk_on_the_map_is_in_the_list_with_its_work(reader):
    desk = small_desk()
    for _ in range(3):
        some_item(desk)
    page = reader.get(WORLD).content.decode()
    table = page[page.index("<table") : page.index("</table>")]
    world = world_at(timezone.now(), TESTS)
    assert sum(found.waiting for found in world.desks) == 3
    assert len(world.desks) == 2
    for found in world.desks:
        assert f"team={found.code}" in table
        assert table.count(found.name) >= 1
    # Desks beside each other share a mark.
    assert any(f"{found.place} and 1 more" in page for found in world.desks)


def test_who_is_not_signed_in_is_asked_to_sign_in():
    for address in (WORLD, WALL):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


def test_the_wall_is_a_page_of_its_own_that_keeps_itself_new(reader):
    page = reader.get(WALL).content.decode()
    assert "<html" in page
    assert "<svg" in page
    assert 'nav class="menu"' not in page


def links_of(page: str, under: str = "") -> set[str]:
    """Every address of the queue on the page."""
    return {unescape(found) for found in re.findall(r'href="(/desk/[^"]*)"', page[page.index(under) :])}


def test_every_number_leads_to_as_many_rows(reader):
    desk, other = small_desk(), small_desk()
    for _ in range(3):
        some_item(desk)
    some_item(other)
    start(actor=agent_actor(other.agent), item=some_item(other))
    page = reader.get(WORLD).content.decode()
    found = re.findall(r'<a href="(/desk/[^"]*)">\s*<b>(\d+)</b>', page)
    found += re.findall(r'data-label="(?:Waiting|In hand)"><a href="(/desk/[^"]*)">(\d+)</a>', page)
    assert len(found) == 2 + 2 * len(world_at(timezone.now(), TESTS).desks)
    for address, number in found:
        assert len(reader.get(unescape(address)).context["table"].rows) == int(number), address
    (mark,) = {unescape(link) for link in re.findall(r'<a href="([^"]*)" tabindex', page)}
    assert "place=" in mark
    assert len(reader.get(mark).context["table"].rows) == 5


def test_nothing_leads_to_a_queue_that_the_reader_may_not_open():
    desk = small_desk()
    some_item(desk)
    nobody = signed_in(account_of(desk.stranger))
    page = nobody.get(WORLD).content.decode()
    assert desk.desk.name in page
    assert not links_of(page)
    assert 'class="desk' in page


def test_a_reader_of_one_unit_finds_the_way_to_its_desks_alone():
    mine, other = small_desk(), small_desk()
    account = account_of(mine.stranger, "servicedesk.workitem.view")
    with trail.entry("testing.arrange", TESTS):
        account.holdings.update(unit=mine.desk.unit)
    client = signed_in(account)
    page = client.get(WORLD).content.decode()
    table = links_of(page, "<table")
    assert any(f"team={mine.desk.code}" in link for link in table)
    assert not any(f"team={other.desk.code}" in link for link in table)


def test_in_a_house_without_desks_the_world_still_turns():
    client = signed_in(account_of(small_desk().stranger))
    assert client.get(WORLD).status_code in (200, 403)
    assert world_at(timezone.now(), TESTS).waiting == 0
