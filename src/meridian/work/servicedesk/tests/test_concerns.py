"""What an item concerns is a reference to what we have, from the form to the fold and back to its page."""

import pytest
from django.urls import reverse
from house.factory import make

from meridian.engine.commands import Refusal
from meridian.engine.listing.listing import Listing
from meridian.engine.pages.neighbours import neighbours_of
from meridian.engine.policies import NOBODY, Policy
from meridian.engine.policies import policy as policies
from meridian.engine.resources import concerns
from meridian.holdings.configuration.facade import entry_of
from meridian.work.items.contracts.happenings import EventRow
from meridian.work.items.facade import refold
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.models import WorkEvent, WorkItem
from meridian.work.servicedesk.resources import WorkItemResource
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    agent_actor,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
AGENT = "servicedesk.workitem.*"


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture
def mail():
    return make(concerns()["application"].model, code="MAIL-7", name="Mail of the house")


def test_it_is_folded_from_its_events(desk, mail):
    agent, entry = agent_actor(desk.agent), entry_of(mail)
    item = commands.ask(actor=requester_actor(desk.requester), title="No mail", concerns=entry)
    assert item.concerns == entry
    commands.change_item(actor=agent, row=item, concerns=entry_of(desk.site))
    item.refresh_from_db()
    assert item.concerns == entry_of(desk.site)
    assert WorkEvent.objects.get(item=item, type="changed").data["concerns"] == [entry.pk, item.concerns_id]
    assert refold(WorkItem, [item.pk]) == []


def test_it_comes_along_with_a_loaded_history_and_a_merge_undone(desk, mail):
    entry = entry_of(mail)
    opening = {"kind": ["incident", "incident"], "title": ["", "Loaded"], "concerns": [None, entry.pk]}
    at = some_item(desk).opened_at
    commands.load_history(
        actor=TESTS, histories=[ItemHistory(desk.requester.pk, [EventRow(at, "opened", opening)])]
    )
    item = WorkItem.objects.get(title="Loaded")
    assert item.concerns == entry
    agent = agent_actor(desk.agent)
    commands.merge(actor=agent, item=item, into=some_item(desk, team=desk.desk))
    commands.change_item(actor=agent, row=commands.unmerge(actor=agent, item=item), title="Anew")
    item.refresh_from_db()
    assert item.concerns == entry
    assert refold(WorkItem, [item.pk]) == []


def test_the_list_is_narrowed_by_it_and_its_page_shows_the_item(desk, mail):
    item = some_item(desk, concerns=entry_of(mail))
    some_item(desk)
    lead = agent_actor(desk.agent)
    asked = Listing(WorkItemResource, lead, {"concerns": "application:MAIL-7"})
    assert [row.pk for row in asked.page().rows] == [item.pk]
    (shown, *_others), _from = neighbours_of(lead, mail)
    assert shown.count == "1"
    assert shown.url.endswith("?concerns=application%3AMAIL-7")
    assert item.number in shown.newest[0].title


def test_what_an_item_concerns_is_not_removed(desk, mail):
    some_item(desk, concerns=entry_of(mail))
    with pytest.raises(Refusal, match="refer to this"):
        concerns()["application"].remove(actor=TESTS, row=mail)
    assert entry_of(mail).reference == "application:MAIL-7"


def test_a_person_chooses_it_on_every_form_by_its_name(desk, mail):
    requester, agent = signed_in(account_of(desk.requester)), signed_in(account_of(desk.agent, AGENT))
    said = {"kind": "incident", "title": "No mail today", "urgency": "3", "concerns": "mail of the house"}
    assert requester.post(reverse("portal-ask"), said).status_code == 302
    item = WorkItem.objects.get(title="No mail today")
    assert item.concerns == entry_of(mail)
    page = agent.get(f"/desk/{item.number}/").content.decode()
    assert "Application · Mail of the house" in page
    assert f'href="/applications/applications/{mail.pk}/"' in page
    shown = agent.get(f"/desk/{item.number}/change/").content.decode()
    assert "application:MAIL-7 · Mail of the house" in shown
    found = agent.get("/lookup/configuration.configurationitem/?concerns=mail of").content.decode()
    assert "application:MAIL-7 · Mail of the house" in found


def test_what_a_reader_may_not_see_stays_unseen_and_unchanged(desk, mail, monkeypatch):
    class Closed(Policy):
        def rows(self, actor, action):
            return NOBODY

    item = some_item(desk)
    commands.change_item(actor=agent_actor(desk.agent), row=item, concerns=entry_of(mail))
    item.refresh_from_db()
    monkeypatch.setitem(policies._policies, type(mail), Closed(type(mail)))
    agent = signed_in(account_of(desk.agent, AGENT))
    for address in (
        f"/desk/{item.number}/",
        f"/desk/{item.number}/change/",
        f"/api/servicedesk/work-items/{item.pk}",
    ):
        answer = agent.get(address)
        assert answer.status_code == 200
        assert "Mail of the house" not in answer.content.decode()
    said = {
        "title": "Still no mail",
        "kind": "incident",
        "impact": 3,
        "urgency": 3,
        "concerns": "not yours to see",
    }
    answer = agent.post(f"/desk/{item.number}/change/", {**said, "version": item.version})
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.title, item.concerns) == ("Still no mail", entry_of(mail))
