"""The desk's pages: few statements, few bytes, and each way of going on."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from house.confirming import confirmed

from meridian.engine.audit import trail
from meridian.work.servicedesk import facade as commands
from meridian.work.servicedesk.facade import Link, Message, WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    agent_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
QUEUE_STATEMENTS, ITEM_STATEMENTS = 8, 12


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture
def agent(desk: SmallDesk) -> Client:
    return signed_in(account_of(desk.agent, "servicedesk.workitem.*"))


@contextmanager
def _statements(most: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured.captured_queries]
    assert len(asked) <= most, "\n".join(asked)


def way_of(item: WorkItem, verb: str) -> str:
    """The address of a verb as the house draws it."""
    return reverse(f"servicedesk-workitem-{verb}", args=(item.pk,))


def _weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_queue_stays_within_eight_statements_and_eight_kilobytes(desk: SmallDesk, agent: Client) -> None:
    for count in (3, 60):
        for number in range(count):
            some_item(desk, title=f"Trouble of the {number}. kind")
        with _statements(QUEUE_STATEMENTS):
            page = agent.get("/desk/")
    assert page.status_code == 200
    assert page.content.count(b'name="key"') == 50
    assert _weight(page.content) <= 8_000


def test_whoever_only_reads_is_offered_nothing_to_write(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    reader = signed_in(account_of(desk.stranger, "*.*.view"))
    for words in ("Keep as a note", "Send to the requester", "Follow"):
        assert f"{words}</button>" in agent.get(f"/desk/{item.number}/").content.decode()
        assert f"{words}</button>" not in reader.get(f"/desk/{item.number}/").content.decode()


def test_a_swap_of_the_list_gets_the_list_alone(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    part = agent.get("/desk/", headers={"HX-Target": "section#list"}).content.decode()
    assert part.lstrip().startswith('<section id="list">')
    assert item.number in part
    assert "<html" not in part


def test_queue_walks_to_the_end_and_back(desk: SmallDesk, agent: Client) -> None:
    numbers = {some_item(desk).number for _ in range(120)}
    seen, address = [], "/desk/"
    while address:
        page = agent.get(address)
        seen.append([row.name for row in page.context["table"].rows])
        address = page.context["pager"]["next_url"]
    assert [len(rows) for rows in seen] == [50, 50, 20]
    assert {number for rows in seen for number in rows} == numbers
    back = agent.get(page.context["pager"]["previous_url"])
    assert [row.name for row in back.context["table"].rows] == seen[1]


@pytest.mark.parametrize("view", ["mine", "teams", "unassigned", "open", "waiting", "all"])
def test_every_view_with_every_filter_answers(desk: SmallDesk, agent: Client, view: str) -> None:
    item = some_item(desk)
    commands.take(actor=agent_actor(desk.agent), item=item)
    page = agent.get(
        "/desk/",
        {"view": view, "team": f"{desk.desk.code} · First desk", "kind": "incident", "priority": "4"},
    )
    assert page.status_code == 200
    shown = [row.name for row in page.context["table"].rows]
    assert shown == ([item.number] if view != "unassigned" else [])


def test_the_queue_narrows_by_places_kind_of_team_and_due_time(desk: SmallDesk, agent: Client) -> None:
    other = small_desk()
    items = {some_item(desk).number, some_item(other).number}
    places = f"{desk.desk.duty_station.code},{other.desk.duty_station.code}"
    soon = f"{timezone.now() + timedelta(days=200):%Y-%m-%dT%H:%MZ}"

    def shown(**asked: str) -> set[str]:
        page = agent.get("/desk/", asked)
        assert page.status_code == 200
        return {row.name for row in page.context["table"].rows}

    assert shown(place=places) == shown(place=places, teams="desk") == shown(due=soon) == items
    assert shown(place=desk.desk.duty_station.code) == {
        item for item in items if item in shown(team=desk.desk.code)
    }
    assert shown(place=desk.desk.duty_station.name["en"]) == shown(team=desk.desk.code)
    assert shown(teams="vendor") == shown(due="late") == set()


@pytest.mark.parametrize(
    "asked", [{"place": "Nowhere"}, {"teams": "choir"}, {"due": "soon"}, {"due": "9999-12-31T23:59-12:00"}]
)
def test_a_filter_that_is_not_understood_is_said(agent: Client, asked: dict[str, str]) -> None:
    page = agent.get("/desk/", asked)
    assert page.status_code == 422
    assert next(iter(asked.values()))[:8] in page.content.decode()


def test_item_page_stays_within_twelve_statements_and_eight_kilobytes(desk: SmallDesk, agent: Client) -> None:
    item, other = some_item(desk), some_item(desk)
    actor = agent_actor(desk.agent)
    commands.assign(actor=actor, item=item, team=desk.second, assignee=desk.resolver)
    commands.link(actor=actor, item=item, other=other, type="related")
    commands.watch(actor=actor, item=item, person=desk.stranger)
    for index in range(25):
        commands.reply(actor=actor, item=item, text=f"Answer {index}: we look into the cable.")
        commands.note(actor=actor, item=item, text="seen before")
    with _statements(ITEM_STATEMENTS):
        page = agent.get(f"/desk/{item.number}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "gave it to Emil Testov of Second desk" in text
    assert "Answer 24" in text
    assert _weight(page.content) <= 8_000


@pytest.mark.parametrize(
    ("verb", "values", "state"),
    [
        ("take", {}, "assigned"),
        ("start", {}, "in_progress"),
        ("resolve", {"solution": "New cable", "resolution": "solved"}, "resolved"),
        ("cancel", {"reason": "twice"}, "cancelled"),
    ],
)
def test_a_verb_moves_the_item(
    desk: SmallDesk, agent: Client, verb: str, values: dict[str, str], state: str
) -> None:
    item = some_item(desk)
    way = f"{way_of(item, verb)}?back=%2Fdesk%2F{item.number}%2F"
    assert f'"{way}"' in agent.get(f"/desk/{item.number}/").content.decode()
    assert agent.get(way).status_code == 200
    answer = confirmed(agent, way, values)
    assert answer.status_code == 302
    assert WorkItem.objects.get(pk=item.pk).state == state


def test_what_one_has_is_not_offered_to_be_taken(desk: SmallDesk, agent: Client) -> None:
    mine, theirs = some_item(desk), some_item(desk)
    commands.take(actor=agent_actor(desk.agent), item=mine)
    commands.assign(actor=agent_actor(desk.agent), item=theirs, team=desk.second, assignee=desk.resolver)
    for item, offered in ((mine, False), (theirs, True)):
        generated = agent.get(reverse("servicedesk-workitem-detail", args=(item.pk,))).content.decode()
        assert (way_of(item, "take") in generated) is offered
        assert (way_of(item, "take") in agent.get(f"/desk/{item.number}/").content.decode()) is offered


def test_a_refused_verb_says_why_and_keeps_what_was_typed(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    page = agent.post(way_of(item, "hold"), {"hold_reason": "1", "note": "for the part"})
    assert page.status_code == 409
    assert "Only assigned work or work in progress" in page.content.decode()
    assert "for the part" in page.content.decode()


def test_a_save_conflict_shows_three_versions_and_can_be_saved_then(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk, title="Printer")
    page = agent.get(f"/desk/{item.number}/change/")
    typed = {"version": page.context["form"].initial["version"], "title": "My printer", "kind": "incident"}
    typed |= {"impact": "3", "urgency": "3", "priority": "", "was_title": "Printer"}
    commands.change_item(actor=agent_actor(desk.lead), row=item, title="Their printer")
    conflict = agent.post(f"/desk/{item.number}/change/", typed)
    assert conflict.status_code == 409
    row = next(row for row in conflict.context["conflict"] if row["was"] == "Printer")
    assert (row["now"], row["mine"]) == ("Their printer", "My printer")
    typed["version"] = conflict.context["form"]["version"].value()
    assert agent.post(f"/desk/{item.number}/change/", typed).status_code == 302
    assert WorkItem.objects.get(pk=item.pk).title == "My printer"


def test_many_at_once_are_all_done_or_none_and_lead_back_to_the_queue(desk: SmallDesk, agent: Client) -> None:
    first, second = some_item(desk), some_item(desk)
    queue = agent.get("/desk/?view=all").content.decode()
    assert f'action="{reverse("servicedesk-workitem-bulk")}"' in queue
    assert f'value="{first.pk}"' in queue
    commands.cancel(actor=agent_actor(desk.agent), item=second, reason="no")
    sent = {"action": "take", "key": [first.pk, second.pk], "next": "/desk/?view=all", "confirmed": "1"}
    page = agent.post(reverse("servicedesk-workitem-bulk"), sent)
    assert page.status_code == 422
    assert second.number in page.content.decode()
    assert WorkItem.objects.get(pk=first.pk).assignee_id is None
    done = agent.post(reverse("servicedesk-workitem-bulk"), {**sent, "key": [first.pk]})
    assert done["Location"] == "/desk/?view=all"
    assert WorkItem.objects.get(pk=first.pk).assignee_id == desk.agent.pk


def test_splitting_and_linking_lead_to_the_other_item(desk: SmallDesk, agent: Client) -> None:
    item, other = some_item(desk), some_item(desk)
    message = Message.objects.filter(item=item).values_list("pk", flat=True).get()
    answer = agent.post(way_of(item, "split"), {"message": message, "title": "And the phone"})
    made = WorkItem.objects.get(title="And the phone")
    assert answer["Location"] == f"/desk/{made.number}/"
    agent.post(way_of(item, "link"), {"type": "parent", "other": other.pk})
    assert Link.objects.filter(source=item, target=other, type="parent").exists()


def test_a_linked_item_of_another_desk_is_not_told(desk: SmallDesk) -> None:
    item, other = some_item(desk), some_item(desk, title="The salary list")
    commands.link(actor=agent_actor(desk.agent), item=item, other=other, type="related")
    commands.assign(actor=agent_actor(desk.agent), item=other, team=desk.second)
    account = account_of(desk.agent, "servicedesk.workitem.*")
    with trail.entry("testing.arrange", TESTS):
        account.holdings.update(unit=desk.desk.unit)
    client, link = signed_in(account), Link.objects.get(source=item)
    asked = client.get(f"{way_of(item, 'unlink')}?link={link.pk}").content.decode()
    assert other.number not in asked
    assert client.post(way_of(item, "unlink"), {"link": link.pk}).status_code == 422
    page = client.get(f"/desk/{item.number}/").content.decode()
    assert "an item of another desk" in page
    assert other.number not in page.split("<h2>Links</h2>")[1].split("</section>")[0]
    assert "The salary list" not in page


def test_a_link_is_removed_only_after_asking(desk: SmallDesk, agent: Client) -> None:
    item, other, third = some_item(desk), some_item(desk), some_item(desk)
    actor = agent_actor(desk.agent)
    commands.link(actor=actor, item=item, other=other, type="related")
    link = Link.objects.get(source=item)
    page = agent.get(f"/desk/{item.number}/").content.decode()
    asking = f"{way_of(item, 'unlink')}?back=%2Fdesk%2F{item.number}%2F&amp;link={link.pk}"
    assert f'href="{asking}"' in page
    asked = agent.get(asking.replace("&amp;", "&")).content.decode()
    assert f'<option value="{link.pk}" selected>{item.number} ' in asked
    assert other.number in asked
    assert Link.objects.filter(pk=link.pk).exists()
    for wrong in ("", "x", str(link.pk + 99), "²"):
        assert agent.post(way_of(item, "unlink"), {"link": wrong}).status_code == 422
    assert agent.post(way_of(third, "unlink"), {"link": link.pk}).status_code == 422
    sent = {"link": link.pk, "back": f"/desk/{item.number}/"}
    assert agent.post(way_of(item, "unlink"), sent)["Location"] == f"/desk/{item.number}/"
    assert not Link.objects.filter(pk=link.pk).exists()
    assert agent.post(way_of(item, "unlink"), sent).status_code == 422


def test_presence_names_the_others(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    lead = signed_in(account_of(desk.lead, "servicedesk.workitem.*"))
    lead.post(f"/desk/{item.number}/presence/", {"text": "I think"})
    page = agent.post(f"/desk/{item.number}/presence/", headers={"HX-Request": "true"})
    assert "Dalia Testov is writing here now." in page.content.decode()


@pytest.mark.parametrize("address", ["/desk/", "/desk/new/", "/desk/{}/", "/desk/{}/change/"])
def test_a_stranger_sees_nothing(desk: SmallDesk, address: str) -> None:
    item = some_item(desk)
    stranger = signed_in(account_of(desk.stranger))
    assert stranger.get(address.format(item.number)).status_code in (403, 404)
    assert Client().get(address.format(item.number)).status_code == 302


def test_a_second_take_asks_and_is_a_choice_of_its_own(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    commands.take(actor=agent_actor(desk.lead), item=item)
    asked = agent.post(way_of(item, "take"))
    assert asked.status_code == 409
    assert "Dalia Testov has this item" in asked.content.decode()
    assert WorkItem.objects.get(pk=item.pk).assignee_id == desk.lead.pk
    sent = {"over": asked.context["form"]["over"].value()}
    assert agent.post(way_of(item, "take"), sent).status_code == 302
    assert WorkItem.objects.get(pk=item.pk).assignee_id == desk.agent.pk


def test_a_double_click_makes_one_item_and_one_answer(desk: SmallDesk, agent: Client) -> None:
    typed = {"requester": desk.requester.number, "kind": "incident", "title": "Once", "channel": "phone"}
    typed |= {"impact": "3", "urgency": "3", "once": "a"}
    assert len({agent.post("/desk/new/", typed)["Location"] for _ in range(2)}) == 1
    item = WorkItem.objects.get(title="Once")
    for _ in range(2):
        agent.post(f"/desk/{item.number}/say/", {"as": "note", "text": "seen", "once": "b"})
    assert Message.objects.filter(item=item, text="seen").count() == 1
    page = agent.get(f"/desk/{item.number}/").content.decode()
    assert page.count('name="once"') == 1


def test_the_history_of_an_item_names_no_item_of_another_desk(desk: SmallDesk) -> None:
    lead, item, other = agent_actor(desk.lead), some_item(desk), some_item(desk)
    commands.link(actor=lead, item=item, other=other, type="related")
    commands.merge(actor=lead, item=some_item(desk), into=other)
    commands.merge(actor=lead, item=item, into=other)
    commands.assign(actor=lead, item=other, team=desk.second)
    account = account_of(desk.agent, "servicedesk.workitem.*")
    with trail.entry("testing.arrange", TESTS):
        account.holdings.update(unit=desk.desk.unit)
    client = signed_in(account)
    api = "/api/servicedesk/work-events?limit=200"
    for way in (f"/desk/{item.number}/", f"/servicedesk/work-items/{item.pk}/", api):
        assert other.number not in client.get(way).content.decode(), way
    assert "an item that is not yours to see" in client.get(f"/desk/{item.number}/").content.decode()


def test_what_other_modules_say_of_an_item_is_a_part_of_its_page_and_a_page_of_its_own(
    desk: SmallDesk, agent: Client
) -> None:
    item = some_item(desk)
    address = f"/desk/{item.number}/parts/"
    assert address in agent.get(f"/desk/{item.number}/").content.decode()
    part = agent.get(address, headers={"HX-Request": "true"}).content.decode()
    page = agent.get(address).content.decode()
    assert "Neighbours" in part
    assert "<html" not in part
    assert "Neighbours" in page
    assert f'href="/desk/{item.number}/"' in page
    stranger = signed_in(account_of(desk.requester, "servicedesk.workitem.ask"))
    assert stranger.get(address).status_code == 403
