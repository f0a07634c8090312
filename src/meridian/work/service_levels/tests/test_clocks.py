"""Clocks follow items through all that happens to them, and say what the item's due time says."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from house.jobs import react

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.notices.models import Notice
from meridian.registers.calendars.facade import forget_working_times
from meridian.work.items.contracts.happenings import EventRow
from meridian.work.service_levels import commands
from meridian.work.service_levels.commands.correcting import follow_corrections
from meridian.work.service_levels.commands.counting import count_clocks, take_up_items
from meridian.work.service_levels.facade import Measure, Sign, Subject, clock_of, sign_clock, start_clock
from meridian.work.service_levels.jobs import speak
from meridian.work.service_levels.models import Call, Clock, ClockPolicy, Escalation, PolicyVersion
from meridian.work.service_levels.queries.book import forget_book
from meridian.work.servicedesk import facade as desk_facade
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import WorkItem, check_folds
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    agent_actor,
    hold_reason,
    small_desk,
    some_item,
)

MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(db: None) -> Iterator[SmallDesk]:
    forget_book()
    yield small_desk()
    forget_book()
    forget_working_times()


def at(hours: float) -> Any:
    return time_machine.travel(MONDAY + hours * HOUR, tick=False)


def lived(desk: SmallDesk, steps: dict[float, Callable[[Any, WorkItem], Any]]) -> WorkItem:
    """An incident of priority 4 opened on a Monday at nine in Nairobi (40 open hours to Friday at nine), and
    what an agent does to it so many hours later."""
    actor = agent_actor(desk.agent)
    with at(0):
        item = some_item(desk)
    for hours, act in steps.items():
        with at(hours):
            act(actor, WorkItem.objects.get(pk=item.pk))
            react()
    return WorkItem.objects.get(pk=item.pk)


def hold(actor: Any, item: WorkItem) -> None:
    desk_facade.hold(actor=actor, item=item, hold_reason=hold_reason(), note="Which room?")


def resume(actor: Any, item: WorkItem) -> None:
    desk_facade.resume(actor=actor, item=item)


def resolve(actor: Any, item: WorkItem) -> None:
    desk_facade.resolve(actor=actor, item=item, solution="Done")


def take(actor: Any, item: WorkItem) -> None:
    desk_facade.take(actor=actor, item=item)


def main_clock(item: WorkItem) -> Clock:
    return Clock.objects.get(item=item, kind="sla", measure__in=("resolve", "fulfil"))


def policy(code: str, **given: Any) -> ClockPolicy:
    """A policy with one version, of the minutes given for every priority."""
    minutes, hours = given.pop("minutes", 60), given.pop("hours", "always")
    made = commands.add_clock_policy(actor=TESTS, code=code, name={"en": code}, **given)
    targets = {f"priority_{place}": minutes for place in range(1, 6)}
    commands.add_policy_version(
        actor=TESTS, policy=made, effective_on=date(2020, 1, 1), hours=hours, **targets
    )
    return made


def test_an_item_has_its_clocks_and_is_due_as_they_say(desk: SmallDesk) -> None:
    item = lived(desk, {1: take, 2: hold, 5: resume})
    clock = main_clock(item)
    assert clock.due_at == item.due_at == MONDAY + timedelta(days=4) + 3 * HOUR
    assert clock.state == "running"
    assert [stretch[2] for stretch in clock.stretches] == [True, False, True]
    edges = [stretch[0] for stretch in clock.stretches[1:]]
    assert edges == [stretch[1] for stretch in clock.stretches[:-1]]
    assert clock.paused_seconds == 3 * 3_600
    assert check_folds(10)[1] == []


def test_a_solution_in_time_keeps_the_promise_and_a_reopened_item_goes_on_where_it_stood(
    desk: SmallDesk,
) -> None:
    item = lived(desk, {1: take, 3: resolve})
    assert main_clock(item).state == "met"
    due = item.due_at
    with at(30):
        desk_facade.reopen(actor=agent_actor(desk.agent), item=item, text="Still broken")
        react()
    clock = main_clock(item)
    assert (clock.state, clock.cycle) == ("running", 1)
    assert clock.stretches[1][2:4] == [False, "ended"]
    # Solved on Monday at twelve, taken up on Tuesday at three: thirteen of those hours were open.
    assert clock.due_at == WorkItem.objects.get(pk=item.pk).due_at
    assert clock.due_at > due


def test_a_merge_cancels_and_its_undoing_restores_every_second(desk: SmallDesk) -> None:
    with at(0):
        other = some_item(desk)

    def merge(actor: Any, item: WorkItem) -> None:
        desk_facade.merge(actor=actor, item=item, into=other)

    item = lived(desk, {1: take, 2: merge})
    assert (main_clock(item).state, main_clock(item).ended_as) == ("cancelled", "merged")
    with at(4):
        desk_facade.unmerge(actor=agent_actor(desk.agent), item=item)
        react()
    never = lived(desk, {1: take, 4: lambda actor, row: desk_facade.note(actor=actor, item=row, text="!")})
    assert main_clock(item).due_at == main_clock(never).due_at
    assert main_clock(item).state == "running"


def test_another_priority_counts_anew_what_was_counted(desk: SmallDesk) -> None:
    def urgent(actor: Any, item: WorkItem) -> None:
        desk_facade.change_item(actor=actor, row=item, priority=1, priority_reason="The head waits")

    item = lived(desk, {1: take, 2: hold, 4: resume, 5: urgent})
    clock = main_clock(item)
    # Four hours of which three are gone: nine to eleven, and one to two.
    assert (clock.target_seconds, clock.due_at) == (4 * 3_600, MONDAY + 6 * HOUR)
    assert item.due_at == clock.due_at


def test_the_most_specific_policy_wins_and_two_at_one_place_are_refused(desk: SmallDesk) -> None:
    policy("site", measure="resolve", site=desk.site, minutes=120)
    policy("team", measure="resolve", team=desk.desk, minutes=60)
    with at(0):
        item = some_item(desk, site=desk.site, team=desk.desk)
        assert item.due_at == MONDAY + HOUR
        assert some_item(desk, site=desk.site, team=desk.second).due_at == MONDAY + 2 * HOUR
    with pytest.raises(Refusal, match="nobody could say which holds"):
        policy("again", measure="resolve", team=desk.desk, minutes=30)


def test_what_nobody_could_count_in_is_refused_in_words(desk: SmallDesk) -> None:
    version = PolicyVersion.objects.get(policy__code="resolve")
    for hours, said in (
        ("", "field"),
        ("team & ", "stands a word"),
        ("(team", "bracket"),
        ("team site", "can't follow"),
        ("team & NO-SUCH", "no calendar “NO-SUCH”"),
    ):
        with pytest.raises(Refusal) as refused:
            commands.change_policy_version(actor=TESTS, row=version, hours=hours)
        assert said in str(refused.value.__dict__) + str(refused.value)
    with pytest.raises(Refusal, match="each of the five"):
        commands.change_policy_version(actor=TESTS, row=version, priority_5=None)
    with pytest.raises(Refusal, match="every item"):
        commands.remove_clock_policy(actor=TESTS, row=version.policy)


def test_teams_have_clocks_of_each_stay(desk: SmallDesk) -> None:
    policy("desk-ola", kind="ola", measure="resolve", team=desk.desk, minutes=120)

    def pass_on(actor: Any, item: WorkItem) -> None:
        desk_facade.assign(actor=TESTS, item=item, team=desk.second)

    def back(actor: Any, item: WorkItem) -> None:
        desk_facade.assign(actor=TESTS, item=item, team=desk.desk)

    with at(0):
        first = some_item(desk, team=desk.desk)
    for hours, act in ((3, pass_on), (4, back), (5, resolve)):
        with at(hours):
            act(agent_actor(desk.agent), WorkItem.objects.get(pk=first.pk))
            react()
    found = Clock.objects.filter(item=first, kind="ola").order_by("cycle")
    assert [(clock.cycle, clock.state, clock.open_seconds) for clock in found] == [
        (1, "breached", 3 * 3_600),
        (3, "met", 3_600),
    ]


def test_a_late_event_takes_its_place(desk: SmallDesk) -> None:
    """What became known last had happened before: the clock stood from two to three."""
    opening = {"team": [None, desk.desk.pk], "title": ["", "No signal"], "priority": [4, 3]}
    waits = {"state": ["in_progress", "on_hold"], "hold_reason": [None, hold_reason().pk]}
    events = [
        EventRow(MONDAY, "opened", opening),
        EventRow(MONDAY + HOUR, "started", {"state": ["new", "in_progress"]}),
        EventRow(MONDAY + 5 * HOUR, "replied", {"by": "desk"}),
        EventRow(MONDAY + 2 * HOUR, "held", waits),
        EventRow(MONDAY + 3 * HOUR, "resumed", {"state": ["on_hold", "in_progress"]}),
    ]
    with at(6):
        desk_facade.load_history(actor=TESTS, histories=[ItemHistory(desk.requester.pk, events)])
        take_up_items(actor=TESTS)
    item = WorkItem.objects.get(title="No signal")
    clock = main_clock(item)
    assert clock.paused_seconds == 3_600
    # 24 open hours: nine on Monday, ten on Tuesday, five on Wednesday, and the one that it stood.
    assert clock.due_at == item.due_at == MONDAY + timedelta(days=2) + 5 * HOUR


def test_a_corrected_calendar_counts_anew_and_keeps_what_was(desk: SmallDesk) -> None:
    item = lived(desk, {1: take})
    with at(6):
        follow_corrections(actor=TESTS)
        with trail.entry("testing.correct", TESTS):
            desk.desk.calendar.days.create(on=date(2026, 3, 3), intervals=[])
        assert follow_corrections(actor=TESTS) > 0
        assert follow_corrections(actor=TESTS) == 0
    moved = WorkItem.objects.get(pk=item.pk)
    assert moved.due_at > item.due_at
    assert main_clock(moved).due_at == moved.due_at
    assert check_folds(10)[1] == []


def test_loaded_items_are_taken_up_once_and_a_count_from_nothing_is_the_same(desk: SmallDesk) -> None:
    item = lived(desk, {1: take, 2: hold})
    stored = list(
        Clock.objects.filter(item=item).order_by("measure").values_list("measure", "due_at", "state")
    )
    with trail.entry("testing.forget", TESTS):
        Clock.objects.filter(item=item).delete()
    with at(3):
        assert take_up_items(actor=TESTS) == len(stored)
        assert take_up_items(actor=TESTS) == 0
        assert count_clocks(actor=TESTS, items=[item.pk]) == 0
    again = Clock.objects.filter(item=item).order_by("measure")
    assert list(again.values_list("measure", "due_at", "state")) == stored


def test_a_threshold_speaks_once_to_who_is_there(desk: SmallDesk) -> None:
    policy("quick", measure="resolve", team=desk.desk, minutes=100)
    for percent in (75, 100):
        with trail.entry("testing.escalate", TESTS):
            Escalation.objects.create(
                policy=ClockPolicy.objects.get(code="quick"),
                percent=percent,
                whom="assignee",
                when="recipient",
            )
    account_of(desk.agent)
    with at(0):
        item = some_item(desk, team=desk.desk)
        take(agent_actor(desk.agent), item)
        react()
    for minutes, calls in ((70, 0), (80, 1), (81, 1), (100, 2), (400, 2)):
        with at(minutes / 60):
            speak(0)
            react()
        assert Call.objects.filter(person=desk.agent).count() == calls, minutes
    told = Notice.objects.filter(account__person=desk.agent, kind="service_levels.threshold")
    assert [("late" in notice.text) for notice in told.order_by("pk")] == [False, True]
    assert main_clock(item).breached_at == MONDAY + timedelta(minutes=100)


def test_nobody_is_woken_and_whoever_is_awake_is_told_instead(desk: SmallDesk) -> None:
    made = policy("night", measure="resolve", team=desk.desk, minutes=600)
    with trail.entry("testing.escalate", TESTS):
        Escalation.objects.create(policy=made, percent=100, whom="assignee", when="awake")
        hub = desk.second
        hub.is_hub = True
        hub.calendar = type(hub.calendar).objects.create(
            code="NIGHT", name={"en": "Night"}, zone="Africa/Nairobi"
        )
        hub.calendar.versions.create(
            effective_on=date(2000, 1, 1), weekly={str(day): [["18:00", "06:00"]] for day in range(1, 8)}
        )
        hub.save()
    account_of(desk.agent)
    account_of(desk.resolver)
    with at(2):
        item = some_item(desk, team=desk.desk)
        take(agent_actor(desk.agent), item)
        react()
    with at(12.1):
        speak(0)
        react()
    calls = {call.person_id: call for call in Call.objects.all()}
    assert calls[desk.resolver.pk].instead
    assert calls[desk.resolver.pk].called_at is not None
    # Eight in the morning in Nairobi is five o'clock UTC.
    assert calls[desk.agent.pk].call_at == datetime(2026, 3, 3, 5, tzinfo=UTC)
    assert calls[desk.agent.pk].called_at is None


def test_other_modules_have_clocks_of_their_own_things(desk: SmallDesk) -> None:
    subject = Subject("testing.step.7", "Approval of a laptop", people=[desk.agent.pk])
    with at(0):
        clock = start_clock(actor=TESTS, subject=subject, measure=Measure.APPROVE, at=MONDAY, priority=1)
        assert clock is not None
        assert clock.due_at == MONDAY + 8 * HOUR
        again = start_clock(actor=TESTS, subject=subject, measure=Measure.APPROVE, at=MONDAY, priority=1)
        assert again == clock
    with at(2):
        sign_clock(actor=TESTS, row=clock, sign=Sign.PAUSE, at=MONDAY + HOUR)
    with at(3):
        sign_clock(actor=TESTS, row=clock, sign=Sign.RESUME, at=MONDAY + 3 * HOUR)
    with at(4):
        sign_clock(actor=TESTS, row=clock, sign=Sign.STOP, at=MONDAY + 4 * HOUR)
    found = clock_of("testing.step.7", "approve")
    assert found is not None
    assert (found.state, found.open_seconds, found.paused_seconds) == ("met", 2 * 3_600, 2 * 3_600)


def test_a_breach_is_explained_and_annulled_with_a_reason(desk: SmallDesk) -> None:
    policy("minute", measure="resolve", team=desk.desk, minutes=1)
    with at(0):
        item = some_item(desk, team=desk.desk)
    with at(2):
        resolve(agent_actor(desk.agent), item)
        react()
    clock = main_clock(item)
    assert clock.state == "breached"
    with pytest.raises(Refusal, match="Say why"):
        commands.annul_clock(actor=TESTS, row=clock, reason=" ")
    commands.explain_breach(actor=TESTS, row=clock, why="outage", note="The satellite was down")
    commands.annul_clock(actor=TESTS, row=clock, reason="Agreed with the mission")
    count_clocks(actor=TESTS, items=[item.pk])
    kept = main_clock(item)
    assert (kept.breach_reason, kept.annulled_because) == ("outage", "Agreed with the mission")
