"""Risk, ground and the days until a review."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meridian.work.changes.rules import MACHINE, QUESTIONS, nth_open_day, review_due, risk_of, stand_together

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
ANSWERS = st.fixed_dictionaries({name: st.integers(0, most - 1) for name, most in QUESTIONS.items()})


@given(ANSWERS, st.integers(0, 4), st.integers(0, 50), st.data())
def test_a_graver_answer_thing_or_history_never_makes_less_risk(answers, weight, implemented, data):
    failed = data.draw(st.integers(0, implemented))
    risk = risk_of(answers, weight, implemented, failed)
    assert 0 <= risk.score <= 100
    for name, most in QUESTIONS.items():
        worse = {**answers, name: min(most - 1, answers[name] + 1)}
        assert risk_of(worse, weight, implemented, failed).score >= risk.score
    assert risk_of(answers, min(4, weight + 1), implemented, failed).score >= risk.score
    assert risk_of(answers, weight, implemented, min(implemented, failed + 1)).score >= risk.score


def test_levels_follow_from_the_score() -> None:
    harmless = dict.fromkeys(QUESTIONS, 0)
    gravest = {name: most - 1 for name, most in QUESTIONS.items()}
    assert risk_of(harmless, 1, 0, 0).level == "low"
    assert risk_of(harmless, 4, 0, 0).level == "low"
    assert risk_of({**harmless, "backout": 1}, 4, 0, 0).level == "moderate"
    assert risk_of(gravest, 4, 0, 0).level == "high"
    assert risk_of(gravest, 4, 0, 0).score == 100


def test_two_changes_stand_together_on_one_thing_or_where_one_holds_the_other() -> None:
    server, other, room = 1, 2, 9
    assert stand_together(
        frozenset({server}), frozenset({server, room}), frozenset({room}), frozenset({room})
    )
    assert stand_together(
        frozenset({room}), frozenset({room}), frozenset({server}), frozenset({server, room})
    )
    one, two = frozenset({server}), frozenset({other})
    assert not stand_together(one, one | {room}, two, two | {room})
    assert stand_together(one, one, one, one)


def test_a_review_is_due_at_the_end_of_the_fifth_open_day() -> None:
    days = [MONDAY + timedelta(days=day) for day in (0, 1, 2, 3, 4, 7, 8)]
    openings = [(day, day.replace(hour=12)) for day in days] + [
        (day.replace(hour=13), day.replace(hour=17)) for day in days
    ]
    assert nth_open_day(openings, 5) == days[4].replace(hour=17)
    assert nth_open_day(openings[:3], 5) is None
    assert review_due([], MONDAY) == MONDAY + timedelta(days=7)


def test_every_verb_leads_from_states_that_are_there_to_one_that_is() -> None:
    states = set().union(*(move.sources for move in MACHINE.moves.values()))
    assert {move.target for move in MACHINE.moves.values()} - {None} <= states
