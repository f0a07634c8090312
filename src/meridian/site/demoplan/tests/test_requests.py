"""The year of requests is exact by location group and every life is lawful."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from meridian.site.demoplan import requests
from meridian.site.demoplan.arrivals import YEAR, draw_arrivals, requests_by_group
from meridian.site.demoplan.lives import AT, SLOTS
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.targets import GROUPS, read_targets

NOW = 1_772_000_000
SCALE = 0.01


@pytest.fixture(scope="module")
def chunks(plan: Plan) -> list[requests.Chunk]:
    return list(requests.stream(plan, SCALE, NOW, size=4_000))


def test_the_whole_year_is_the_published_year() -> None:
    assert requests_by_group(1.0) == read_targets().statistics["service_requests"]


@given(some.floats(0.0001, 1.0))
def test_scaled_requests_keep_the_proportion(scale: float) -> None:
    published = read_targets().statistics["service_requests"]
    found = requests_by_group(scale)
    assert sum(found.values()) == round(sum(published.values()) * scale)
    for group in GROUPS:
        assert abs(found[group] - published[group] * scale) <= 2


def test_arrivals_are_exact_by_group_in_order_and_within_the_year(plan: Plan) -> None:
    arrivals = draw_arrivals(plan, SCALE, NOW, 7)
    groups = [plan.people[person].location_group for person in arrivals.requester]
    assert {group: groups.count(group) for group in GROUPS} == requests_by_group(SCALE)
    assert (np.diff(arrivals.opened_at) >= 0).all()
    assert arrivals.opened_at[0] >= NOW - YEAR
    assert arrivals.opened_at[-1] < NOW


def test_the_same_year_twice(plan: Plan, chunks: list[requests.Chunk]) -> None:
    for first, second in zip(chunks, requests.stream(plan, SCALE, NOW, size=4_000), strict=True):
        assert first.items.titles == second.items.titles
        for name, column in vars(first.events).items():
            assert (column == getattr(second.events, name)).all(), name


def test_about_six_events_an_item(chunks: list[requests.Chunk]) -> None:
    items = sum(len(chunk.items.titles) for chunk in chunks)
    assert 5.5 <= sum(chunk.events.item.size for chunk in chunks) / items <= 5.9


def test_events_are_numbered_and_in_order_and_past(chunks: list[requests.Chunk]) -> None:
    for chunk in chunks:
        events, items = chunk.events, chunk.items
        same = np.diff(events.item) == 0
        assert (np.diff(events.sequence)[same] == 1).all()
        assert (np.diff(events.at)[same] >= 0).all()
        starts = np.flatnonzero(events.sequence == 1)
        assert (events.slot[starts] == 0).all()
        assert (events.at[starts] == items.opened_at).all()
        assert (np.bincount(events.item) == items.event_count).all()
        assert events.at.max() <= NOW


def test_items_are_the_fold_of_their_events(chunks: list[requests.Chunk]) -> None:
    """A slow fold, event by event, agrees with the columns of the item."""
    chunk = chunks[-1]
    items, events = chunk.items, chunk.events
    state, team, assignee, moves, reopened = {}, {}, {}, {}, {}
    for row in range(events.item.size):
        item, slot = int(events.item[row]), SLOTS[int(events.slot[row])]
        state[item] = slot.state or state[item]
        if slot.event == "opened":
            moves[item] = reopened[item] = 0
            assert events.team_before[row] == requests.NOBODY
        else:
            assert events.team_before[row] == team[item]
            assert events.assignee_before[row] == assignee[item]
            moves[item] += int(events.team[row] != team[item])
            assert slot.event == "assigned" or events.team[row] == team[item]
        reopened[item] += slot.event == "reopened"
        team[item], assignee[item] = events.team[row], events.assignee[row]
    for item in range(len(items.titles)):
        assert requests.STATES[int(items.state[item])] == state[item]
        assert items.team[item] == team[item]
        assert items.assignee[item] == assignee[item]
        assert items.reassigned_count[item] == moves[item]
        assert items.reopened_count[item] == reopened[item]


def test_there_is_work_now(chunks: list[requests.Chunk]) -> None:
    counts = np.bincount(
        np.concatenate([chunk.items.state for chunk in chunks]), minlength=len(requests.STATES)
    )
    found = dict(zip(requests.STATES, counts.tolist(), strict=True))
    assert all(found[state] for state in ("in_progress", "on_hold", "resolved", "closed", "cancelled"))


def test_instants_of_items_are_consistent(chunks: list[requests.Chunk]) -> None:
    for chunk in chunks:
        items = chunk.items
        solved = items.resolved_at != requests.NEVER
        assert (items.resolved_at[solved] >= items.opened_at[solved]).all()
        held = items.state == requests.STATES.index("on_hold")
        assert ((items.hold_reason != requests.NOBODY) == held).all()
        assert (items.priority == np.clip(items.impact + items.urgency - 2, 1, 5)).all()


def test_slots_are_named_once() -> None:
    assert len(AT) == len(SLOTS)
