"""The world view: every desk on it, as many statements for many desks as for few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from house.actors import signed_in

from meridian.insight.world.queries import world_at
from meridian.work.servicedesk.testing import account_of, small_desk, some_item

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
    world = world_at(timezone.now())
    assert sum(found.waiting for found in world.desks) == 3
    assert len(world.desks) == 2
    for found in world.desks:
        assert f"team={found.team}" in table
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


def test_in_a_house_without_desks_the_world_still_turns():
    client = signed_in(account_of(small_desk().stranger))
    assert client.get(WORLD).status_code in (200, 403)
    assert "0" in str(world_at(timezone.now()).waiting)
