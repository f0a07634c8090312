"""What the commands do, refuse and cost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meridian.engine.audit.models import Change, Entry
from meridian.engine.commands import Conflict, Refusal, Unpermitted, Unseen
from meridian.engine.policies import ANONYMOUS
from meridian.work.items.contracts.happenings import EventRow, MessageRow
from meridian.work.items.facade import taken_numbers
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.commands.settings import change_priority_cell
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import check_folds, load_history
from meridian.work.servicedesk.models import Link, Message, Number, PriorityCell, WorkEvent, WorkItem
from meridian.work.servicedesk.queries.items import find_item
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    agent_actor,
    hold_reason,
    requester_actor,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def test_asking_takes_six_statements_and_goes_to_the_desk_of_the_site(desk: SmallDesk) -> None:
    actor = requester_actor(desk.requester)
    commands.ask(actor=actor, title="Warm up")
    with CaptureQueriesContext(connection) as captured:
        item = commands.ask(actor=actor, title="No network", text="Since this morning", kind="incident")
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 6, asked
    stored = WorkItem.objects.get(pk=item.pk)
    assert stored.number.startswith("INC")
    assert (stored.team, stored.site, stored.requester) == (desk.desk, desk.site, desk.requester)
    assert stored.due_at > stored.opened_at
    assert Message.objects.get(item=item).text == "Since this morning"


def test_a_command_leaves_one_entry_with_the_difference(desk: SmallDesk) -> None:
    item = some_item(desk)
    commands.take(actor=agent_actor(desk.agent), item=item)
    entry = Entry.objects.latest("id")
    assert entry.command == "servicedesk.workitem.take"
    change = Change.objects.get(entry=entry, table="servicedesk_workitem")
    assert change.before["state"] == "new"
    assert change.after["state"] == "assigned"


def test_numbers_are_given_once_and_in_order(desk: SmallDesk) -> None:
    numbers = [some_item(desk, kind=kind).number for kind in ("incident", "request", "incident")]
    assert numbers[1].startswith("REQ")
    assert int(numbers[2][3:]) == int(numbers[0][3:]) + 1


def test_the_event_log_is_written_once_and_items_are_never_removed(desk: SmallDesk) -> None:
    item = some_item(desk)
    for rows in (WorkEvent.objects.filter(item=item), Message.objects.filter(item=item)):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            rows.update(item=item)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        WorkItem.objects.filter(pk=item.pk)._raw_delete("default")


def test_on_hold_needs_what_its_reason_asks_for_and_ends_with_the_awaited_reply(desk: SmallDesk) -> None:
    item, agent = some_item(desk), agent_actor(desk.agent)
    with pytest.raises(Refusal, match="Only assigned work"):
        commands.hold(actor=agent, item=item, hold_reason=hold_reason(), note="?")
    commands.take(actor=agent, item=item)
    with pytest.raises(Refusal, match="needs a note"):
        commands.hold(actor=agent, item=item, hold_reason=hold_reason())
    with pytest.raises(Refusal, match="needs a date"):
        commands.hold(actor=agent, item=item, hold_reason=hold_reason("shipment"), note="disk")
    yesterday = timezone.now() - timedelta(days=1)
    with pytest.raises(Refusal, match="time to come"):
        commands.hold(
            actor=agent, item=item, hold_reason=hold_reason("shipment"), note="disk", until=yesterday
        )
    commands.hold(actor=agent, item=item, hold_reason=hold_reason(), note="which room?")
    commands.reply(actor=agent, item=item, text="Which room?")
    assert WorkItem.objects.get(pk=item.pk).state == "on_hold"
    commands.reply(actor=requester_actor(desk.requester), item=item, text="Room 3")
    stored = WorkItem.objects.get(pk=item.pk)
    assert (stored.state, stored.hold_reason) == ("in_progress", None)


def test_an_agent_must_belong_to_the_team(desk: SmallDesk) -> None:
    item = some_item(desk)
    with pytest.raises(Refusal, match="no agent of"):
        commands.assign(actor=agent_actor(desk.agent), item=item, team=desk.second, assignee=desk.agent)


def test_a_late_reopening_opens_a_linked_item(desk: SmallDesk) -> None:
    agent, requester = agent_actor(desk.agent), requester_actor(desk.requester)
    item = some_item(desk)
    commands.resolve(actor=agent, item=item, solution="done")
    with time_machine.travel(timezone.now() + timedelta(days=13)):
        assert commands.reopen(actor=requester, item=item, text="again").pk == item.pk
        commands.resolve(actor=agent, item=item, solution="done again")
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        successor = commands.reopen(actor=requester, item=item, text="once more")
    assert successor.pk != item.pk
    assert WorkItem.objects.get(pk=item.pk).state == "resolved"
    assert Link.objects.filter(source=successor, target=item).exists()


def test_priority_follows_the_matrix_until_a_reason_overrides_it(desk: SmallDesk) -> None:
    item, agent = some_item(desk), agent_actor(desk.agent)
    commands.change_item(actor=agent, row=item, impact=1, urgency=1)
    stored = WorkItem.objects.get(pk=item.pk)
    assert stored.priority == 1
    assert stored.due_at < item.due_at
    with pytest.raises(Refusal, match="Say why"):
        commands.change_item(actor=agent, row=item, priority=5)
    commands.change_item(actor=agent, row=item, priority=5, priority_reason="a test rig")
    commands.change_item(actor=agent, row=item, title="Another subject")
    assert WorkItem.objects.get(pk=item.pk).priority == 5
    commands.change_item(actor=agent, row=item, impact=2)
    assert WorkItem.objects.get(pk=item.pk).priority == 1


def test_the_matrix_stays_complete_and_monotone(desk: SmallDesk) -> None:
    cell = PriorityCell.objects.get(impact=2, urgency=2)
    with pytest.raises(Refusal, match="graver"):
        change_priority_cell(actor=TESTS, row=cell, priority=5)
    change_priority_cell(actor=TESTS, row=cell, priority=3)


def test_a_whole_form_may_be_saved_but_the_team_changes_by_assigning(desk: SmallDesk) -> None:
    item, agent = some_item(desk), agent_actor(desk.agent)
    commands.change_item(actor=agent, row=item, title="New", team=desk.desk, channel=item.channel)
    assert WorkItem.objects.get(pk=item.pk).title == "New"
    with pytest.raises(Refusal, match="changed here: team"):
        commands.change_item(actor=agent, row=item, team=desk.second)


def test_a_stale_version_is_a_conflict(desk: SmallDesk) -> None:
    item, agent = some_item(desk), agent_actor(desk.agent)
    commands.change_item(actor=agent, row=item, title="First", expected_version=1)
    with pytest.raises(Conflict):
        commands.change_item(actor=agent, row=item, title="Second", expected_version=1)


def test_a_whole_waits_for_its_parts_and_never_is_part_of_them(desk: SmallDesk) -> None:
    agent = agent_actor(desk.agent)
    whole, part, piece = some_item(desk), some_item(desk), some_item(desk)
    commands.link(actor=agent, item=whole, other=part, type="parent")
    commands.link(actor=agent, item=part, other=piece, type="parent")
    with pytest.raises(Refusal, match="its own whole"):
        commands.link(actor=agent, item=piece, other=whole, type="parent")
    with pytest.raises(Refusal, match="no deeper"):
        commands.link(actor=agent, item=piece, other=some_item(desk), type="parent")
    with pytest.raises(Refusal, match="still open"):
        commands.resolve(actor=agent, item=whole, solution="done")


def test_rights_of_agents_requesters_and_strangers(desk: SmallDesk) -> None:
    item = some_item(desk)
    for actor in (requester_actor(desk.requester), requester_actor(desk.stranger)):
        with pytest.raises(Unpermitted):
            commands.take(actor=actor, item=item)
    with pytest.raises(Unseen):
        commands.reply(actor=requester_actor(desk.stranger), item=item, text="hello")
    with pytest.raises(Unpermitted):
        commands.ask(actor=ANONYMOUS, title="hello")
    elsewhere = agent_actor(desk.resolver, desk.second)
    with pytest.raises(Unseen):
        commands.take(actor=elsewhere, item=item)
    commands.assign(actor=agent_actor(desk.agent, desk.desk), item=item, team=desk.second)
    commands.take(actor=elsewhere, item=item)
    assert find_item(agent_actor(desk.agent, desk.desk), item.number) is None


def _history(desk: SmallDesk, **changes: object) -> ItemHistory:
    at = datetime(2016, 2, 29, 1, 16, tzinfo=UTC)
    events = [
        EventRow(
            at,
            "opened",
            {"title": [None, "a\tb\\c\nd"], "team": [None, desk.desk.pk]},
            desk.requester.pk,
            MessageRow("line one\nline two \\ and\ttab"),
        ),
        EventRow(at + timedelta(hours=1), "imported", {"state": ["new", "resolved"], "made_sla": False}),
    ]
    return ItemHistory(requester=desk.requester.pk, events=events)._replace(**changes)


def test_a_loaded_history_is_stored_as_it_was_and_folds_to_its_columns(desk: SmallDesk) -> None:
    told: list[int] = []
    histories = [
        _history(desk, aliases=("0000045",)),
        _history(desk, number="OLD-7", channel="phone"),
    ]
    count = load_history(actor=TESTS, histories=iter(histories), progress=told.append)
    assert (count.items, count.events, count.messages, count.numbers) == (2, 4, 2, 1)
    assert told == [2]
    item = Number.objects.get(alias="0000045").item
    assert item.title == "a\tb\\c\nd"
    assert item.resolved_at == datetime(2016, 2, 29, 2, 16, tzinfo=UTC)
    assert item.number.startswith("INC")
    assert Message.objects.get(item=item).text == "line one\nline two \\ and\ttab"
    assert WorkItem.objects.get(number="OLD-7").channel == "phone"
    assert check_folds(100) == (2, [])
    assert find_item(agent_actor(desk.agent), "0000045").pk == item.pk


def test_the_numbers_of_loaded_items_are_taken(desk: SmallDesk) -> None:
    load_history(actor=TESTS, histories=[_history(desk, aliases=("0000045",))])
    assert taken_numbers(WorkItem, ["0000045", "0000046"]) == {"0000045"}


def test_a_load_is_all_or_nothing(desk: SmallDesk) -> None:
    headless = _history(desk)._replace(events=_history(desk).events[1:])
    stranger = _history(desk)._replace(events=[_history(desk).events[0]._replace(actor=-1)])
    for broken, sentence in ((headless, "begin with its opening"), (stranger, "no person with the id")):
        with pytest.raises(Refusal, match=sentence):
            load_history(actor=TESTS, histories=[_history(desk), broken])
    assert not WorkItem.objects.exists()
