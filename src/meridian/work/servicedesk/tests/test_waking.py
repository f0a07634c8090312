"""What waits until a time goes on when it has come: never before, once, and nothing is forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meridian.engine.audit.models import Entry
from meridian.registers.calendars.facade import working_time
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.commands import waking
from meridian.work.servicedesk.facade import check_folds
from meridian.work.servicedesk.jobs import wake
from meridian.work.servicedesk.models import WorkEvent, WorkItem
from meridian.work.servicedesk.testing import (
    SmallDesk,
    agent_actor,
    hold_reason,
    requester_actor,
    small_desk,
    some_item,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def desk(db: None) -> SmallDesk:
    return small_desk()


def held(desk: SmallDesk, minutes: int, reason: str = "shipment", **particulars: Any) -> WorkItem:
    """An item that waits from now for so many minutes."""
    agent = agent_actor(desk.agent)
    item = some_item(desk, **particulars)
    commands.take(actor=agent, item=item)
    until = datetime.now(UTC) + timedelta(minutes=minutes)
    commands.hold(actor=agent, item=item, hold_reason=hold_reason(reason), note="disk", until=until)
    return WorkItem.objects.get(pk=item.pk)


def wakings(item: WorkItem) -> list[WorkEvent]:
    return list(WorkEvent.objects.filter(item=item, type="resumed", actor=None))


@given(
    holds=st.lists(st.integers(1, 60), min_size=1, max_size=4),
    runs=st.lists(st.integers(0, 70), min_size=1, max_size=4).map(sorted),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_wakes_before_its_time_twice_or_never(desk: SmallDesk, holds: list[int], runs: list[int]):
    with time_machine.travel(MONDAY, tick=False):
        items = [held(desk, minutes) for minutes in holds]
    for minute in [*runs, 71, 72]:
        now = MONDAY + timedelta(minutes=minute)
        with time_machine.travel(now, tick=False):
            wake(timestamp=0)
        for item, minutes in zip(items, holds, strict=True):
            found = wakings(item)
            assert len(found) == (minutes <= minute)
            assert all(event.at >= item.hold_until for event in found)
            stored = WorkItem.objects.get(pk=item.pk)
            assert (stored.state == "on_hold") == (minutes > minute)
            assert (stored.hold_until is None) == (minutes <= minute)


def test_a_long_rest_of_the_worker_loses_nothing(desk: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "BATCH_ITEMS", 2)
    with time_machine.travel(MONDAY, tick=False):
        items = [held(desk, minutes) for minutes in (5, 5, 5, 9, 14)]
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        wake(timestamp=0)
    assert [len(wakings(item)) for item in items] == [1] * 5
    assert check_folds(10)[1] == []


def test_waking_is_a_command_of_the_house(desk: SmallDesk) -> None:
    with time_machine.travel(MONDAY, tick=False):
        held(desk, 5)
    with time_machine.travel(MONDAY + timedelta(minutes=6), tick=False):
        wake(timestamp=0)
    entries = Entry.objects.filter(command="servicedesk.workitem.resume")
    assert set(entries.values_list("actor_label", flat=True)) == {"Service desk"}


def test_who_changes_the_time_meanwhile_is_heeded(desk: SmallDesk) -> None:
    agent = agent_actor(desk.agent)
    with time_machine.travel(MONDAY, tick=False):
        item = held(desk, 5)
    later = MONDAY + timedelta(minutes=5)
    with time_machine.travel(later, tick=False):
        commands.resume(actor=agent, item=item)
        again = later + timedelta(hours=1)
        commands.hold(actor=agent, item=item, hold_reason=hold_reason("shipment"), note="!", until=again)
        wake(timestamp=0)
    assert WorkItem.objects.get(pk=item.pk).state == "on_hold"
    assert wakings(item) == []


def test_the_clock_stands_still_while_waiting_and_goes_on_from_the_promised_time(desk: SmallDesk) -> None:
    for reason, hours in (("requester", 2), ("shipment", 2)):
        with time_machine.travel(MONDAY, tick=False):
            item = held(desk, 120, reason)
        pauses = hold_reason(reason).pauses_clock
        with time_machine.travel(MONDAY + timedelta(minutes=150), tick=False):
            wake(timestamp=0)
        moved = WorkItem.objects.get(pk=item.pk).due_at - item.due_at
        assert (moved > timedelta(0)) == pauses, (reason, hours)
    assert check_folds(10)[1] == []


def test_the_awaited_reply_lets_the_clock_go_on(desk: SmallDesk) -> None:
    with time_machine.travel(MONDAY, tick=False):
        item = some_item(desk)
        commands.take(actor=agent_actor(desk.agent), item=item)
        commands.hold(actor=agent_actor(desk.agent), item=item, hold_reason=hold_reason(), note="Room?")
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        commands.reply(actor=requester_actor(desk.requester), item=item, text="Room 3")
    assert WorkItem.objects.get(pk=item.pk).due_at == item.due_at + timedelta(hours=1)


@pytest.mark.parametrize(("reason", "pauses"), [("shipment", True), ("planned_change", False)])
@pytest.mark.parametrize("priority", [2, 5])
def test_a_new_priority_keeps_what_was_waited(
    desk: SmallDesk, reason: str, pauses: bool, priority: int
) -> None:
    """When it is changed makes no difference: before waiting, meanwhile, while merged waiting, or after."""
    agent, wait = agent_actor(desk.agent), hold_reason(reason)
    until = MONDAY + timedelta(days=1)

    def hold(row: WorkItem) -> None:
        commands.hold(actor=agent, item=row, hold_reason=wait, note="?", until=until)

    def change(row: WorkItem) -> None:
        commands.change_item(actor=agent, row=row, priority=priority, priority_reason="asked")

    life = {
        10: hold,
        120: lambda row: commands.resume(actor=agent, item=row),
        130: hold,
        150: lambda row: commands.merge(actor=agent, item=row, into=some_item(desk)),
        160: lambda row: commands.unmerge(actor=agent, item=row),
        180: lambda row: commands.assign(actor=agent, item=row, team=desk.desk),
    }
    dues = set()
    for change_at_minute in (1, 90, 170, 200):
        with time_machine.travel(MONDAY, tick=False):
            item = some_item(desk)
            commands.take(actor=agent, item=item)
        for minute, act in sorted([*life.items(), (change_at_minute, change)]):
            with time_machine.travel(MONDAY + timedelta(minutes=minute), tick=False):
                act(WorkItem.objects.get(pk=item.pk))
        dues.add(WorkItem.objects.get(pk=item.pk).due_at)
    schedule = working_time(desk.desk.calendar_id)
    waited = [
        (MONDAY + timedelta(minutes=a), MONDAY + timedelta(minutes=b)) for a, b in ((10, 120), (130, 180))
    ]
    granted = sum(schedule.open_seconds(*span) for span in waited) if wait.pauses_clock else 0
    (due,) = dues
    assert schedule.open_seconds(MONDAY, due) == {2: 8, 5: 80}[priority] * 3_600 + granted
    assert check_folds(10)[1] == []
