"""Counting many items at once says, writes and tells what counting each alone does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.events import REACT_TO_ALL
from meridian.registers.calendars.facade import forget_working_times
from meridian.work.items.contracts.happenings import EventRow
from meridian.work.service_levels import commands
from meridian.work.service_levels.commands.counting import count_clocks, take_up_items
from meridian.work.service_levels.models import Clock, PolicyVersion
from meridian.work.service_levels.queries.book import forget_book
from meridian.work.service_levels.queries.counting import COUNTED
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import WorkEvent, WorkItem, check_folds, load_history
from meridian.work.servicedesk.testing import TESTS, SmallDesk, hold_reason, small_desk

NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)
LIVES = 150


@pytest.fixture
def desk(db: None) -> Iterator[SmallDesk]:
    forget_book()
    yield small_desk()
    forget_book()
    forget_working_times()


def life(random: Random, desk: SmallDesk) -> list[EventRow]:
    """An item of the last days that was passed on, waited, ended and was taken up again as chance has it."""
    at = NOW - timedelta(minutes=random.randrange(60, 8_000))
    priority, state = random.randrange(1, 6), "new"
    events = [EventRow(at, "opened", {"team": [None, desk.desk.pk], "priority": [4, priority]})]
    for _ in range(random.randrange(6)):
        at = min(at + timedelta(minutes=random.randrange(1, 900)), NOW)
        if state == "on_hold":
            type, data = "resumed", {"state": [state, "in_progress"]}
        else:
            type, data = random.choice(
                [
                    ("started", {"state": [state, "in_progress"]}),
                    ("held", {"state": [state, "on_hold"], "hold_reason": [None, hold_reason().pk]}),
                    ("replied", {"by": "desk"}),
                    ("assigned", {"state": [state, "assigned"], "team": [None, desk.second.pk]}),
                    ("resolved", {"state": [state, "resolved"]}),
                    ("changed", {"priority": [priority, random.randrange(1, 6)]}),
                ]
            )
        state = data.get("state", ["", state])[1]
        events.append(EventRow(at, type, data))
    return events


def written(items: list[int]) -> list[Any]:
    """All that counting decides of items, without the keys of rows."""
    clocks = Clock.objects.filter(item__in=items).order_by("item", "kind", "measure", "cycle")
    rows = WorkItem.objects.filter(pk__in=items).order_by("pk")
    events = WorkEvent.objects.filter(item__in=items).order_by("item", "sequence")
    return [
        list(clocks.values_list("kind", "measure", "cycle", "fired", "version", *COUNTED)),
        list(rows.values_list("due_at", "updated_at", "event_count", "state", "version")),
        list(events.values_list("sequence", "type", "at", "data", "actor")),
    ]


def heard(items: list[int]) -> set[tuple[Any, ...]]:
    """Who is to hear of what, of one event or of many."""
    place = {key: number for number, key in enumerate(items)}
    return {
        (job.args["reaction"], job.args["kind"], place[event["item"]], event["before"], event["due_at"])
        for job in ProcrastinateJob.objects.filter(task_name__startswith="events.")
        for event in job.args.get("events", [job.args.get("event")])
        if event.get("item") in place and "before" in event
    }


def test_many_items_at_once_end_as_each_alone(desk: SmallDesk) -> None:
    random = Random("many")
    lives = [life(random, desk) for _ in range(LIVES)]
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        keys = []
        for _twin in range(2):
            known = set(WorkItem.objects.values_list("pk", flat=True))
            load_history(actor=TESTS, histories=[ItemHistory(desk.requester.pk, events) for events in lives])
            made = WorkItem.objects.exclude(pk__in=known).order_by("pk")
            keys.append(list(made.values_list("pk", flat=True)))
        take_up_items(actor=TESTS, ended_since=timedelta(days=30))
        for version in PolicyVersion.objects.filter(policy__code__in=("resolve", "response")):
            longer = {f"priority_{place}": 97 + (version.minutes[place - 1] or 0) for place in range(1, 6)}
            commands.change_policy_version(actor=TESTS, row=version, **longer)
        together, alone = keys
        changed = count_clocks(actor=TESTS, items=together, reason="all")
        assert changed == sum(count_clocks(actor=TESTS, items=[key], reason="one") for key in alone)
    assert changed > LIVES
    for one, other in zip(written(together), written(alone), strict=True):
        assert one == other
    told = heard(together)
    assert told
    assert told == heard(alone)
    assert ProcrastinateJob.objects.filter(task_name=REACT_TO_ALL).exists()
    assert check_folds(1_000)[1] == []
