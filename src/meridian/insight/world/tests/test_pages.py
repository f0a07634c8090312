"""The world view: every desk on it, as many statements for many desks as for few."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from house.actors import signed_in

from meridian.engine.audit import trail
from meridian.insight.world.queries import world_at, world_beside
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
    table = page[page.index('id="desks"') :]
    world = world_at(timezone.now(), TESTS)
    assert sum(found.waiting for found in world.desks) == 3
    assert len(world.desks) == 2
    for found in world.desks:
        assert f"team={found.code}" in table
        assert table.count(found.name) >= 1
    # Desks beside each other share a mark.
    assert any(f"{found.place} and 1 more" in page for found in world.desks)


@pytest.mark.parametrize("hours", [-24, -1, 1, 24])
def test_another_hour_is_shown_in_as_many_statements_whatever_there_is(reader, hours):
    address = f"{WORLD}?hours={hours}"
    some_item(small_desk())
    few = statements(reader, address)
    for _ in range(3):
        some_item(small_desk())
    assert statements(reader, address) == few <= 16


def test_ahead_every_number_leads_to_what_falls_due_by_then(reader):
    desk = small_desk()
    items = [some_item(desk) for _ in range(3)]
    # The desk keeps hours: by tomorrow's end it may not have been open long enough for them to fall due.
    soon = timezone.now() + timedelta(hours=5)
    with trail.entry("testing.arrange", TESTS):
        for item in items:
            type(item).objects.filter(pk=item.pk).update(due_at=soon)
    page = reader.get(f"{WORLD}?hours=6").content.decode()
    found = re.findall(r'<a href="(/desk/[^"]*)">\s*<b>(\d+)</b>', page)
    found += re.findall(r'data-label="Falls due"><a href="(/desk/[^"]*)">(\d+)</a>', page)
    assert "3" in {number for _address, number in found}
    for address, number in found:
        assert len(reader.get(unescape(address)).context["table"].rows) == int(number), address
    is_asleep = "Falls due while nobody is there" in page
    assert is_asleep == any(one.is_asleep for one in world_beside(timezone.now(), 6, TESTS).due)
    assert is_asleep == (items[0].number in page)


def test_the_hours_are_told_as_a_table_and_by_a_form_without_scripts(reader):
    some_item(small_desk())
    page = reader.get(f"{WORLD}?hours=-3").content.decode()
    assert 'type="range"' in page
    assert 'value="-3"' in page
    assert "3 hours ago" in page
    for offset in (-24, -1, 0, 1, 24):
        assert f'href="/world/?hours={offset}"' in page
    fragment = reader.get(f"{WORLD}?hours=2", headers={"HX-Target": "div#world"})
    assert b"<html" not in fragment.content
    assert b"In 2 hours" in fragment.content
    assert b'type="range"' not in fragment.content


@pytest.mark.parametrize("hours", ["25", "-25", "soon", "1.5", "9" * 5000])
def test_hours_beyond_a_day_are_refused_in_words(reader, hours):
    answer = reader.get(WORLD, {"hours": hours})
    assert answer.status_code in (400, 422)
    assert "whole number from -24" in answer.content.decode()


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
    table = links_of(page, 'id="desks"')
    assert any(f"team={mine.desk.code}" in link for link in table)
    assert not any(f"team={other.desk.code}" in link for link in table)


def test_in_a_house_without_desks_the_world_still_turns():
    client = signed_in(account_of(small_desk().stranger))
    assert client.get(WORLD).status_code in (200, 403)
    assert world_at(timezone.now(), TESTS).waiting == 0
