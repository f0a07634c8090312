"""What a program may do to an item, and what it is told when it may not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from house.actors import signed_in

from meridian.engine.audit import trail
from meridian.engine.audit.models import Entry
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.models import Link, Message, WorkEvent, WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    agent_actor,
    hold_reason,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture
def agent(desk: SmallDesk) -> Client:
    return signed_in(account_of(desk.agent, "*"))


def post(client: Client, item: WorkItem, verb: str, **body: Any):
    version = WorkItem.objects.values_list("version", flat=True).filter(pk=item.pk).first() or 1
    return client.post(
        f"/api/servicedesk/work-items/{item.pk}/{verb}",
        body,
        content_type="application/json",
        headers={"if-match": f'"{version}"'},
    )


def moved(item: WorkItem) -> tuple[Any, ...]:
    return (
        WorkItem.objects.values().get(pk=item.pk),
        WorkEvent.objects.count(),
        Message.objects.count(),
        Entry.objects.count(),
    )


def test_an_item_is_worked_on_from_end_to_end(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    until = (timezone.now() + timedelta(days=1)).isoformat()
    for verb, body, state in (
        ("take", {}, "assigned"),
        ("start", {}, "in_progress"),
        ("hold", {"hold_reason": "shipment", "until": until, "note": "a disk"}, "on_hold"),
        ("resume", {}, "in_progress"),
        ("note", {"text": "It has come."}, "in_progress"),
        ("reply", {"text": "Almost done.", "language": "fr"}, "in_progress"),
        ("resolve", {"solution": "A new disk.", "resolution": "workaround"}, "resolved"),
        ("reopen", {"text": "It is noisy."}, "in_progress"),
        ("cancel", {"reason": "A mistake."}, "cancelled"),
    ):
        entries = Entry.objects.count()
        answer = post(agent, item, verb, **body)
        assert answer.status_code == 200, (verb, answer.content)
        assert answer.json()["state"] == state
        assert Entry.objects.count() == entries + 1
    types = list(WorkEvent.objects.filter(item=item).order_by("sequence").values_list("type", flat=True))
    assert types[1:] == [
        *("assigned", "started", "held", "resumed", "noted", "replied", "resolved", "reopened", "cancelled")
    ]


def test_a_state_that_does_not_allow_it_is_a_conflict(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    before = moved(item)
    for verb, body in (("close", {}), ("resume", {}), ("reopen", {"text": "?"}), ("unmerge", {})):
        answer = post(agent, item, verb, **body)
        assert answer.status_code == 409, verb
        assert answer.json()["detail"]
    assert moved(item) == before


def test_input_at_fault_is_named(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    commands.take(actor=agent_actor(desk.agent), item=item)
    before = moved(item)
    shipment = {"hold_reason": hold_reason("shipment").code, "note": "a disk"}
    for verb, body, field in (
        ("assign", {"team": "NOWHERE"}, "team"),
        ("assign", {"assignee": desk.resolver.number}, "assignee"),
        ("hold", {**shipment, "until": "2030-01-01T00:00:00"}, "payload.until"),
        ("hold", {**shipment, "until": "9999-12-31T23:59:59-12:00"}, "payload.until"),
        ("hold", {**shipment, "until": "2001-01-01T00:00:00Z"}, "until"),
        ("resolve", {}, "payload.solution"),
        ("resolve", {"solution": " "}, "solution"),
        ("resolve", {"solution": "x", "resolution": "magic"}, "payload.resolution"),
        ("resolve", {"solution": "x", "speed": 3}, "payload.speed"),
        ("note", {"text": "x", "language": "a-very-long-code"}, "payload.language"),
        ("note", {"text": "a\0b"}, "payload.text"),
    ):
        answer = post(agent, item, verb, **body)
        assert answer.status_code == 422, (verb, body, answer.content)
        assert [fault["field"] for fault in answer.json()["errors"]] == [field], answer.json()
    assert moved(item) == before


def test_a_link_is_told_to_who_may_see_both_items(desk: SmallDesk, agent: Client) -> None:
    item, other = some_item(desk), some_item(desk)
    actor = agent_actor(desk.agent)
    commands.link(actor=actor, item=item, other=other, type="related")
    account = account_of(desk.lead, "servicedesk.*")
    with trail.entry("testing.arrange", TESTS):
        account.holdings.update(unit=desk.desk.unit)
    near = signed_in(account)
    for client in (agent, near):
        assert other.number in client.get("/api/servicedesk/links").content.decode()
    commands.assign(actor=actor, item=other, team=desk.second)
    assert other.number in agent.get("/api/servicedesk/links").content.decode()
    assert near.get("/api/servicedesk/links").json()["items"] == []
    link = Link.objects.get()
    assert near.get(f"/api/servicedesk/links/{link.pk}").status_code == 404
    answer = post(near, item, "unlink", link=link.pk)
    assert (answer.status_code, Link.objects.count()) == (422, 1)
    assert other.number not in answer.content.decode()


def test_who_may_not_act_learns_nothing_of_what_is_named(desk: SmallDesk) -> None:
    item = some_item(desk)
    requester = signed_in(account_of(desk.requester))
    stranger = signed_in(account_of(desk.stranger))
    before = moved(item)
    answers = [post(requester, item, "assign", team=team) for team in ("NOWHERE", desk.second.code)]
    assert {answer.status_code for answer in answers} == {403}
    assert answers[0].content == answers[1].content
    hidden = [post(stranger, row, "take") for row in (item, WorkItem(pk=item.pk + 9_999))]
    assert {answer.status_code for answer in hidden} == {404}
    assert hidden[0].content == hidden[1].content
    assert moved(item) == before


def test_an_internal_note_is_not_split_off_for_the_requester(desk: SmallDesk, agent: Client) -> None:
    item = some_item(desk)
    commands.note(actor=agent_actor(desk.agent), item=item, text="Between us.")
    note = Message.objects.get(item=item, visibility="internal")
    answer = post(agent, item, "split", message=str(note.pk), title="Another")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "message")
