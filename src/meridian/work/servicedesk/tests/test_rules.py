"""The state machine, the priority matrix and the fold, without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from meridian.work.items.contracts.folding import Happening, fold
from meridian.work.items.contracts.happenings import EVERY_ITEM
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.rules import (
    CLOSED,
    DEFAULT_MATRIX,
    ENDED,
    LEVELS,
    MACHINE,
    NEW,
    OPEN,
    PRIORITIES,
    Folded,
    matrix_fault,
    may_reopen,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
states = some.sampled_from(sorted(OPEN | ENDED))


def _happening(index: int, type: str, data: dict[str, Any]) -> Happening:
    return Happening(type, NOON + timedelta(minutes=index), data)


def test_every_state_can_be_reached_and_left_but_cancelled() -> None:
    reached, edge = {NEW}, {NEW}
    while edge:
        edge = (
            {MACHINE.moves[verb].target for state in edge for verb in MACHINE.verbs_of(state)}
            - {None}
            - reached
        )
        reached |= edge
    assert reached == OPEN | ENDED
    for state in reached:
        leads_on = {MACHINE.moves[verb].target for verb in MACHINE.verbs_of(state)} - {None, state}
        assert bool(leads_on) == (state != "cancelled")


def test_only_a_resolved_item_closes_unless_it_is_merged() -> None:
    into_closed = {verb: sources for verb, (sources, target) in MACHINE.moves.items() if target == CLOSED}
    assert into_closed.pop("merge") == OPEN | {"resolved"}
    assert all(sources == {"resolved"} for sources in into_closed.values())


@given(some.lists(states, max_size=12))
def test_end_times_stand_exactly_while_an_item_has_ended(path: list[str]) -> None:
    events, before = [_happening(0, "opened", {})], NEW
    for index, state in enumerate(path, start=1):
        events.append(_happening(index, "imported", {"state": [before, state]}))
        before = state
    folded = fold(Folded, events)
    assert folded.state == before
    assert folded.event_count == len(events)
    if before in OPEN:
        assert folded.resolved_at is None
        assert folded.closed_at is None
    if before == "resolved":
        assert folded.resolved_at == events[-1].at
    if before in ("closed", "cancelled"):
        assert folded.closed_at == events[-1].at
    if before != "on_hold":
        assert folded.hold_reason is None


@given(some.lists(some.one_of(some.none(), some.integers(1, 3)), max_size=10))
def test_reassignments_are_moves_from_one_team_to_another(teams: list[int | None]) -> None:
    events, holder, moves = [_happening(0, "opened", {})], None, 0
    for index, team in enumerate(teams, start=1):
        events.append(_happening(index, "assigned", {"team": [holder, team]}))
        moves += holder is not None and team is not None and team != holder
        holder = team
    assert fold(Folded, events).reassigned_count == moves


def test_the_first_answer_of_the_desk_counts_as_response() -> None:
    events = [
        _happening(0, "opened", {}),
        _happening(1, "replied", {"by": "requester"}),
        _happening(2, "noted", {}),
        _happening(3, "replied", {"by": "desk"}),
        _happening(4, "started", {"state": ["new", "in_progress"]}),
    ]
    assert fold(Folded, events).responded_at == events[3].at


@given(some.dictionaries(some.tuples(*2 * [some.sampled_from(LEVELS)]), some.sampled_from(PRIORITIES)))
def test_a_matrix_is_sound_when_it_is_complete_and_never_falls(matrix: dict[tuple[int, int], int]) -> None:
    cells = [(impact, urgency) for impact in LEVELS for urgency in LEVELS]
    sound = all(cell in matrix for cell in cells) and all(
        matrix[i, u] <= matrix[j, v] for i, u in cells for j, v in cells if i <= j and u <= v
    )
    assert (matrix_fault(matrix) is None) == sound


def test_the_default_matrix_is_sound_and_uses_every_priority() -> None:
    assert matrix_fault(DEFAULT_MATRIX) is None
    assert set(DEFAULT_MATRIX.values()) == set(PRIORITIES)


def test_a_solution_can_be_taken_back_for_fourteen_days() -> None:
    assert may_reopen(NOON, NOON + timedelta(days=14))
    assert not may_reopen(NOON, NOON + timedelta(days=14, seconds=1))
    assert not may_reopen(None, NOON)


def test_the_desk_tells_every_happening_that_all_items_have():
    assert set(EVERY_ITEM) <= set(EventType.values)
