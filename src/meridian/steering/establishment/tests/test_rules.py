"""Folds of actions, moves between stages, and joined counts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.steering.establishment.contracts import ActionKind
from meridian.steering.establishment.rules.actions import (
    CHANGED_BY,
    Impossible,
    PostState,
    Step,
    category_of,
    fold,
    succeed,
)
from meridian.steering.establishment.rules.joining import Disjoint, joint_counts, least_need
from meridian.steering.establishment.rules.stages import moves_between

FIRST = date(2020, 1, 1)
VALUES = {
    "unit_code": ("desk", "desk/first", "network"),
    "grade": ("P-4", "P-3", "GS-OL", "LL"),
    "duty_station": ("Geneva", "Nairobi"),
    "tenure": ("post", "temporary"),
}
CHANGING = st.sampled_from(list(CHANGED_BY)).flatmap(
    lambda kind: st.tuples(st.just(kind), st.sampled_from(VALUES[CHANGED_BY[kind]]))
)


@st.composite
def lives(draw):
    """The steps of a post that can happen, in the order of their days."""
    step = Step(ActionKind.ESTABLISH, FIRST, {"unit_code": "desk", "grade": "P-3"})
    steps, state, day = [step], succeed(None, step), FIRST
    for kind, value in draw(st.lists(CHANGING, max_size=8)):
        day += timedelta(days=draw(st.integers(0, 40)))
        if getattr(state, CHANGED_BY[kind]) != value:
            steps.append(Step(kind, day, {CHANGED_BY[kind]: value}))
            state = succeed(state, steps[-1])
    if draw(st.booleans()):
        steps.append(Step(draw(st.sampled_from([ActionKind.ABOLISH, ActionKind.TRANSFER])), day))
    return steps


def slow_replay(steps, on):
    """Day by day, attribute by attribute."""
    state = None
    for offset in range((on - FIRST).days + 1):
        for step in steps:
            if step.effective_on != FIRST + timedelta(days=offset):
                continue
            if step.kind is ActionKind.ESTABLISH:
                state = {"fund": "", "duty_station": "", "tenure": "post", **step.changes}
            elif step.kind in (ActionKind.ABOLISH, ActionKind.TRANSFER):
                state = None
            else:
                state |= step.changes
    return state and PostState(**state, category=category_of(state["grade"]))


@given(lives(), st.integers(-5, 400))
def test_a_post_on_a_day_is_what_a_slow_replay_gives(steps, days):
    on = FIRST + timedelta(days=days)
    assert fold(steps, on) == slow_replay(steps, on)


@pytest.mark.parametrize(
    ("state", "step", "code"),
    [
        (None, Step(ActionKind.ABOLISH, FIRST), "absent"),
        (None, Step(ActionKind.REDEPLOY, FIRST, {"unit_code": "desk"}), "absent"),
        ("P-3", Step(ActionKind.ESTABLISH, FIRST, {"unit_code": "desk", "grade": "P-3"}), "standing"),
        ("P-3", Step(ActionKind.RECLASSIFY, FIRST, {"grade": "P-4"}, {"grade": "P-2/1"}), "stated"),
        ("P-3", Step(ActionKind.RECLASSIFY, FIRST, {"grade": "P-3"}), "same"),
        ("P-3", Step(ActionKind.RECLASSIFY, FIRST, {}), "missing"),
        ("P-3", Step(ActionKind.REDEPLOY, FIRST, {"unit_code": "network", "grade": "P-4"}), "foreign"),
        ("P-3", Step(ActionKind.ABOLISH, FIRST, {"grade": "P-4"}), "foreign"),
        (None, Step(ActionKind.ESTABLISH, FIRST, {"unit_code": "desk"}), "missing"),
    ],
)
def test_what_cannot_happen_is_refused(state, step, code):
    standing = PostState("desk", state, category_of(state)) if state else None
    with pytest.raises(Impossible) as fault:
        succeed(standing, step)
    assert fault.value.code == code


CELLS = st.dictionaries(
    st.tuples(st.sampled_from(("a/x", "a/y", "b/x", "c")), st.sampled_from(("P-4", "P-3"))),
    st.integers(0, 5),
)


@given(CELLS, CELLS)
def test_moves_lead_from_one_stage_to_the_next_by_the_fewest(before, after):
    moves = moves_between(before, after)
    counts = Counter(before)
    for move in moves:
        if move.source:
            counts[move.source, move.grade] -= 1
        if move.target:
            counts[move.target, move.grade] += 1
    assert {cell: count for cell, count in counts.items() if count} == {
        cell: count for cell, count in after.items() if count
    }
    for grade in ("P-4", "P-3"):
        differences = [
            after.get((u, grade), 0) - before.get((u, grade), 0) for u in ("a/x", "a/y", "b/x", "c")
        ]
        grown = sum(found for found in differences if found > 0)
        shrunk = -sum(found for found in differences if found < 0)
        assert len([move for move in moves if move.grade == grade]) == max(grown, shrunk)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from(("P-4", "P-3", "D-1"))), st.integers(0, 9)
    )
)
def test_joined_counts_keep_both_sums_and_the_needs(joint):
    by_component = Counter()
    by_grade = Counter()
    for (component, grade), count in joint.items():
        by_component[component, "professional"] += count
        by_grade[grade, "professional"] += count
    need = {cell: count // 2 for cell, count in joint.items()}
    found = joint_counts(by_component, by_grade, (need,))
    assert all(found[cell] >= count for cell, count in need.items())
    for (component, _category), count in by_component.items():
        assert sum(n for (part, _grade), n in found.items() if part == component) == count
    for (grade, _category), count in by_grade.items():
        assert sum(n for (_part, kind), n in found.items() if kind == grade) == count


def test_sums_that_differ_cannot_be_joined():
    with pytest.raises(Disjoint):
        joint_counts({("a", "other"): 2}, {("LL", "other"): 3}, ())


def test_a_change_may_take_a_post_that_an_earlier_one_brought():
    one, two, three = ("a", "P-3"), ("a", "P-4"), ("a", "P-5")
    assert least_need([(one, two, 2), (two, three, 3), (None, one, 1)]) == {one: 2, two: 1}


def test_a_reclassified_post_is_counted_in_its_new_category():
    state = PostState("desk", "GS-OL", "general_service")
    step = Step(ActionKind.RECLASSIFY, FIRST, {"grade": "P-2/1"})
    assert succeed(state, step) == replace(state, grade="P-2/1", category="professional_and_higher")
