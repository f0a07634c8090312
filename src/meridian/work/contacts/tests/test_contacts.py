"""Contacts: taken on the telephone in two pages, and counted by the one definition."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone
from house.factory import MAKER, make

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Untimely
from meridian.engine.policies import Actor, Grant
from meridian.work.contacts import commands
from meridian.work.contacts.models import Contact
from meridian.work.contacts.offers import give_contacts
from meridian.work.contacts.queries.callers import people_meant
from meridian.work.contacts.queries.resolved_first import share
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import Category, WorkItem
from meridian.work.servicedesk.testing import SmallDesk, account_of, signed_in, small_desk

pytestmark = pytest.mark.django_db
BEGIN = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)


@pytest.fixture
def house() -> SmallDesk:
    return small_desk()


@pytest.fixture
def agent(house) -> Actor:
    person = house.agent
    return Actor(person.pk, person.pk, str(person), (Grant(frozenset({"*"})),))


def begun(agent, person, **given):
    return commands.begin(actor=agent, person=person, **given)


def test_what_is_solved_at_once_is_an_item_in_writing(house, agent):
    row = begun(agent, house.requester, way="walk_in")
    assert (row.agent, row.team, row.tier) == (house.agent, house.desk, 1)
    row = commands.solve(actor=agent, row=row, title="No sound", solution="Unmute it.")
    assert (row.outcome, row.item.state, row.item.channel) == ("solved", "resolved", "walk_in")
    assert row.item.requester == house.requester
    with pytest.raises(Untimely):
        commands.end(actor=agent, row=row)


def test_what_goes_on_is_opened_noted_or_nothing(house, agent):
    opened = commands.open_item(actor=agent, row=begun(agent, house.requester), title="No link", text="Red.")
    assert (opened.outcome, opened.item.state) == ("opened", "new")
    about = commands.put_on(
        actor=agent, row=begun(agent, house.requester), item=opened.item, text="Asks when."
    )
    assert (about.outcome, about.item) == ("about", opened.item)
    with pytest.raises(Refusal):
        commands.put_on(actor=agent, row=begun(agent, house.stranger), item=opened.item, text="x")
    assert commands.end(actor=agent, row=begun(agent, house.requester), note="Wrong number").item is None
    with pytest.raises(Refusal):
        commands.solve(actor=agent, row=begun(agent, house.requester), title="x", solution=" ")
    assert WorkItem.objects.count() == 1


def solved(house, agent, at, person=None, category=None):
    with time_machine.travel(at, tick=False):
        row = begun(agent, person or house.requester)
        return commands.solve(actor=agent, row=row, title="No sound", solution="Unmute.", category=category)


def counted(agent, at):
    found = share(agent, BEGIN - datetime.timedelta(days=1), at, at)
    return (found.resolved, found.eligible)


def test_first_contact_resolution_is_counted_by_its_definition(house, agent):
    hours = lambda count: BEGIN + datetime.timedelta(hours=count)  # noqa: E731
    sound, link = (make(Category) for _n in range(2))
    first = solved(house, agent, BEGIN, category=sound)
    late = hours(200)
    assert counted(agent, hours(71)) == (0, 0)
    assert counted(agent, late) == (1, 1)
    # Another service, another person, the same after 72 hours: each of them counts by itself.
    solved(house, agent, hours(1), category=link)
    solved(house, agent, hours(2), person=house.stranger, category=sound)
    solved(house, agent, hours(73), category=sound)
    assert counted(agent, late) == (4, 4)
    # What was opened counts below the line alone; what was about an item or nothing does not count at all.
    with time_machine.travel(hours(80), tick=False):
        opened = commands.open_item(actor=agent, row=begun(agent, house.lead), title="Later")
        commands.put_on(actor=agent, row=begun(agent, house.lead), item=opened.item, text="?")
        commands.end(actor=agent, row=begun(agent, house.lead))
    assert counted(agent, late) == (4, 5)
    # The same person about the same service within 72 hours: the first was not resolved.
    solved(house, agent, hours(20), person=house.stranger, category=sound)
    assert counted(agent, late) == (4, 6)
    # Reopened: not resolved.
    with time_machine.travel(hours(10), tick=False):
        desk.reopen(actor=agent, item=first.item, text="Silent again.")
    assert counted(agent, late) == (3, 6)


def test_tier_two_counts_below_the_line_alone(house, agent):
    resolver = Actor(house.resolver.pk, house.resolver.pk, "r", agent.grants)
    with time_machine.travel(BEGIN, tick=False):
        row = begun(resolver, house.requester)
        commands.solve(actor=resolver, row=row, title="x", solution="y")
    assert row.tier == 2
    assert counted(agent, BEGIN + datetime.timedelta(hours=100)) == (0, 1)


def test_who_calls_is_found_by_what_they_say(house, agent):
    person = house.requester
    with trail.entry("testing.arrange", MAKER):
        type(person).objects.filter(pk=person.pk).update(telephone="+254 20 5512")
    for words in (person.number, "5512", person.email, "amina test", "Test Amina"):
        assert person in people_meant(agent, words).shown, words
    assert people_meant(agent, "a").shown == []


@pytest.fixture
def client(house):
    return signed_in(account_of(house.agent, "servicedesk", "contacts", "people.person.view", "places"))


def test_a_call_is_taken_on_two_pages(house, client):
    found = client.get("/contacts/who/?q=Amina").content.decode()
    assert "Amina Testov" in found
    answer = client.post("/contacts/who/", {"person": house.requester.pk, "way": "phone"})
    page = answer["Location"]
    assert "What is it about?" in client.get(page).content.decode()
    assert client.post(page, {"as": "solve", "title": "No sound", "words": ""}).status_code == 422
    assert client.post(page, {"as": "open", "title": "No sound", "words": "Since today."}).status_code == 302
    item = WorkItem.objects.get()
    second = client.post("/contacts/who/", {"person": house.requester.pk, "way": "phone"})["Location"]
    assert item.number in client.get(second).content.decode()
    assert client.post(second, {"about": item.number, "words": "Asks when."}).status_code == 302
    assert list(Contact.objects.order_by("pk").values_list("outcome", flat=True)) == ["opened", "about"]
    assert "Contacts" in client.get(f"/desk/{item.number}/parts/").content.decode()


def test_the_figures_are_shown_and_proved(house, client, agent):
    solved(house, agent, timezone.now() - datetime.timedelta(days=5))
    page = client.get("/contacts/figures/?days=90").content.decode()
    assert "100 %" in page.replace("\xa0", " ")
    [resolved, counted_too] = re.findall(r'href="(/proof/contacts[^"]*)"', page)
    for link in (resolved, counted_too):
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    assert client.get("/contacts/figures/?days=7").status_code in (400, 422)


def test_the_demo_organisation_has_contacts(house, agent):
    commands.open_item(actor=agent, row=begun(agent, house.requester), title="x")
    with trail.entry("testing.arrange", MAKER):
        Contact.objects.all().delete()
    give_contacts(MAKER)
    assert Contact.objects.count() == 1
