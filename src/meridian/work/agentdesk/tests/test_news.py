"""What is new to somebody is what others did since a page showed it to them."""

from datetime import timedelta

import pytest
from django.test import Client

from meridian.work.agentdesk.jobs import forget_looks
from meridian.work.servicedesk import facade as commands
from meridian.work.servicedesk.facade import Presence, WorkItem
from meridian.work.servicedesk.testing import (
    SmallDesk,
    account_of,
    agent_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture
def agent(desk: SmallDesk) -> Client:
    return signed_in(account_of(desk.agent, "servicedesk.workitem.*"))


def look(agent: Client, item: WorkItem, events: int) -> str:
    """The heartbeat of a page that shows so many events."""
    sent, headers = {"events": str(events)}, {"HX-Request": "true"}
    return agent.post(f"/desk/{item.number}/presence/", sent, headers=headers).content.decode()


def test_what_others_did_since_is_counted_marked_and_found(desk: SmallDesk, agent: Client) -> None:
    item, other = some_item(desk), some_item(desk, title="Nobody looked")
    page = agent.get(f"/desk/{item.number}/").content.decode()
    assert 'id="new"' not in page
    assert not Presence.objects.exists()
    look(agent, item, item.event_count)
    seen = item.event_count
    for actor in (agent_actor(desk.agent), agent_actor(desk.lead)):
        commands.note(actor=actor, item=item, text=f"By {actor.label}")
    queue = agent.get("/desk/?view=open&news=new").content.decode()
    assert "2 new" in queue
    assert other.number not in queue
    page = agent.get(f"/desk/{item.number}/").content.decode()
    assert "1 new since you looked" in page
    assert page.index("By Chen") < page.index('id="new"') < page.index("By Dalia")
    assert Presence.objects.get().seen_events == seen


def test_a_page_that_shows_the_old_makes_nothing_seen_and_says_that_there_is_more(
    desk: SmallDesk, agent: Client
) -> None:
    item = some_item(desk)
    shown = item.event_count
    assert "meanwhile" not in look(agent, item, shown)
    commands.note(actor=agent_actor(desk.lead), item=item, text="More")
    assert "meanwhile" in look(agent, item, shown)
    assert "1 new" in agent.get("/desk/?view=open").content.decode()
    item = WorkItem.objects.get(pk=item.pk)
    assert "meanwhile" not in look(agent, item, item.event_count)
    assert "1 new" not in agent.get("/desk/?view=open").content.decode()
    look(agent, item, 9_999_999)
    assert Presence.objects.get().seen_events == item.event_count


def test_looks_are_forgotten_after_their_time(desk: SmallDesk, agent: Client) -> None:
    for age in (1, 91):
        item = some_item(desk)
        look(agent, item, 1)
        rows = Presence.objects.filter(item=item)
        rows.update(seen_at=rows.get().seen_at - timedelta(days=age))
    forget_looks(0)
    assert Presence.objects.count() == 1


def test_an_item_beside_the_queue_comes_without_the_frame_and_with_its_row(
    desk: SmallDesk, agent: Client
) -> None:
    item = some_item(desk)
    whole, part = (
        agent.get(f"/desk/{item.number}/", headers=headers).content.decode()
        for headers in ({}, {"Beside": "1"})
    )
    assert "<template data-row>" not in whole
    assert "<template data-row><tr>" in part
    assert "<html" not in part
    assert 'class="bar"' not in part
    assert len(part) < len(whole)
