"""The simulator against the closed forms, and what its parts must keep."""

import math

import numpy as np
import pytest

from meridian.solvers.centres.facade import (
    ABANDONED,
    ANSWERED,
    BLOCKED,
    CALLED_BACK,
    HANDED,
    OFFERED,
    WAIT_SECONDS,
    WITHIN,
    AgentGroup,
    Centre,
    ContactClass,
    Span,
    play,
    tables,
)
from meridian.solvers.desks.erlang import Queue, erlang_a, erlang_b, erlang_c, erlang_x
from meridian.solvers.desks.staffing import ratio_error

SPAN = Span(weeks=12, warm_weeks=0.2)
REPLICATIONS = 24
HOURS = np.arange(168, dtype=np.int32)


def line(rate: float, agents: int, **features) -> Centre:
    """One class of `rate` contacts an hour that take 12 minutes, one group."""
    one = ContactClass("calls", np.array([rate / 3600]), 720.0, **features)
    return Centre((one,), (AgentGroup("desk", (0,), np.array([agents])),))


def shares(centre: Centre, seed: int = 11) -> tuple[np.ndarray, np.ndarray]:
    """Each measure over contacts offered, and five standard errors of it."""
    counts = play(centre, seed, REPLICATIONS, SPAN).counts.sum(axis=(1, 2))
    offered = np.repeat(counts[:, [OFFERED]], counts.shape[1], axis=1)
    return counts.sum(axis=0) / offered.sum(axis=0), 5 * ratio_error(counts, offered)


@pytest.mark.parametrize("agents", [20, 23])
def test_patience_agrees_with_erlang_a(agents: int) -> None:
    exact = erlang_a(Queue(100, 5, agents, 10, 30 / 3600))
    found, error = shares(line(100, agents, patience_seconds=360.0))
    assert error[WITHIN] < 0.02
    assert found[WITHIN] == pytest.approx(exact.service_level, abs=error[WITHIN])
    assert found[ABANDONED] == pytest.approx(exact.probability_abandon, abs=error[ABANDONED])
    assert found[WAIT_SECONDS] == pytest.approx(exact.average_wait * 3600, abs=error[WAIT_SECONDS])


def test_endless_patience_agrees_with_erlang_c() -> None:
    exact = erlang_c(Queue(100, 5, 24, target=30 / 3600))
    found, error = shares(line(100, 24))
    assert found[WITHIN] == pytest.approx(exact.service_level, abs=error[WITHIN])
    assert found[ANSWERED] == 1


@pytest.mark.parametrize("variation", [None, 0.5, 1.5])
def test_no_waiting_room_agrees_with_erlang_b_whatever_the_handling(variation: float | None) -> None:
    exact = erlang_b(Queue(100, 5, 20))
    found, error = shares(line(100, 20, queue_limit=0, handling_variation=variation))
    assert found[BLOCKED] == pytest.approx(exact.probability_blocked, abs=error[BLOCKED])


def test_redials_agree_with_erlang_x() -> None:
    exact = erlang_x(Queue(100, 5, 20, 10, 30 / 3600, 0.5))
    # The closed form takes redials for fresh contacts, which long delays make true.
    found, error = shares(line(100, 20, patience_seconds=360.0, retry_share=0.5, retry_seconds=7200.0))
    assert found[WITHIN] == pytest.approx(exact.service_level, abs=error[WITHIN])
    assert found[ABANDONED] == pytest.approx(exact.probability_abandon, abs=error[ABANDONED])


def two_class_centre(agents: int = 12, **features) -> Centre:
    first = ContactClass("first", np.full(168, 60 / 3600), 600.0, 300.0, **features)
    second = ContactClass("second", np.full(168, 5 / 3600), 600.0, 300.0, priority=1)
    group = AgentGroup("all", (0, 1), np.full(168, agents))
    return Centre((first, second), (group,), hour_of_slot=HOURS)


@pytest.mark.parametrize(
    "features",
    [
        {},
        {"callback_share": 0.4, "callback_class": 1},
        {"handover_share": 0.3, "handover_class": 1},
        {"retry_share": 0.6, "retry_seconds": 900.0},
        {"queue_limit": 2},
        {"handling_variation": 0.7},
    ],
)
def test_every_contact_ends_in_one_way(features: dict) -> None:
    counts = play(two_class_centre(**features), 3, 4, Span(3)).counts.sum(axis=(0, 2))
    ended = counts[:, ANSWERED] + counts[:, ABANDONED] + counts[:, BLOCKED] + counts[:, CALLED_BACK]
    assert counts[:, OFFERED] == pytest.approx(ended)
    assert (counts[:, WITHIN] <= counts[:, ANSWERED]).all()


def test_call_backs_and_hand_overs_arrive_in_the_class_they_name() -> None:
    plain = play(two_class_centre(), 3, 4, Span(3)).counts.sum(axis=(0, 2))
    called = play(two_class_centre(callback_share=0.5, callback_class=1), 3, 4, Span(3)).counts.sum(
        axis=(0, 2)
    )
    handed = play(two_class_centre(handover_share=0.5, handover_class=1), 3, 4, Span(3)).counts.sum(
        axis=(0, 2)
    )
    assert called[1, OFFERED] == plain[1, OFFERED] + called[0, CALLED_BACK] > plain[1, OFFERED]
    assert handed[1, OFFERED] == plain[1, OFFERED] + handed[0, HANDED]
    assert handed[0, HANDED] / handed[0, ANSWERED] == pytest.approx(0.5, abs=0.02)


def test_priority_serves_its_class_first() -> None:
    counts = play(two_class_centre(agents=10), 5, 4, Span(4)).counts.sum(axis=(0, 2))
    level = counts[:, WITHIN] / counts[:, OFFERED]
    assert level[0] > level[1]


def test_plans_compared_see_the_same_contacts() -> None:
    few = play(two_class_centre(9), 5, 3, Span(4)).counts
    many = play(two_class_centre(14), 5, 3, Span(4)).counts
    assert np.array_equal(few[..., OFFERED], many[..., OFFERED])
    assert few[..., WITHIN].sum() < many[..., WITHIN].sum()


def test_the_same_seed_plays_the_same_weeks_and_another_does_not() -> None:
    one = play(two_class_centre(), 5, 3, Span(2))
    assert np.array_equal(one.counts, play(two_class_centre(), 5, 3, Span(2)).counts)
    assert not np.array_equal(one.counts, play(two_class_centre(), 6, 3, Span(2)).counts)
    assert not np.array_equal(one.counts[0], one.counts[1])


def test_arrivals_follow_the_hours_and_shifts_bound_the_answers() -> None:
    rates, agents = np.zeros(168), np.zeros(168, int)
    rates[8:18], agents[8:16] = 30 / 3600, 8
    calls = ContactClass("calls", rates, 300.0, 120.0)
    centre = Centre((calls,), (AgentGroup("day", (0,), agents),), hour_of_slot=HOURS)
    counts = play(centre, 4, 8, Span(20)).counts.sum(axis=(0, 1))
    assert counts[:8, OFFERED].sum() == counts[18:, OFFERED].sum() == 0
    assert counts[8:18, OFFERED] == pytest.approx(30 * 160, abs=5 * math.sqrt(30 * 160))
    assert counts[17, ANSWERED] == 0
    assert counts[17, ABANDONED] == counts[17, OFFERED]


def test_a_language_nobody_speaks_is_never_answered() -> None:
    spoken = ContactClass("spoken", np.full(168, 0.01), 300.0, 120.0)
    foreign = ContactClass("foreign", np.full(168, 0.01), 300.0, 120.0)
    centre = Centre((spoken, foreign), (AgentGroup("one", (0,), np.full(168, 6)),), hour_of_slot=HOURS)
    counts = play(centre, 4, 2, Span(2)).counts.sum(axis=(0, 2))
    assert counts[1, ANSWERED] == 0
    assert counts[1, ABANDONED] == counts[1, OFFERED] > 0


def test_days_that_differ_spread_the_counts_but_keep_their_mean() -> None:
    calls = ContactClass("calls", np.full(168, 0.02), 60.0, 120.0)
    group = AgentGroup("one", (0,), np.full(168, 3))
    weekly = [
        play(Centre((calls,), (group,), variance, HOURS), 4, 60, Span(1))
        .counts[..., OFFERED]
        .sum(axis=(1, 2))
        for variance in (0.0, 0.25)
    ]
    expected = 0.02 * 604_800
    assert weekly[0].mean() == pytest.approx(expected, abs=5 * math.sqrt(expected / 60))
    assert weekly[1].mean() == pytest.approx(expected, abs=5 * weekly[1].std() / math.sqrt(60))
    # A day's factor has variance 0.25: seven days add 0.25 / 7 of the squared mean to the Poisson variance.
    assert weekly[1].std() / expected == pytest.approx(math.sqrt(0.25 / 7 + 1 / expected), rel=0.4)


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ({"callback_share": 0.1}, "follower"),
        ({"handover_share": 0.1, "handover_class": 7}, "follower"),
        ({"callback_share": 0.1, "callback_class": 0}, "calls back itself"),
    ],
)
def test_a_centre_that_does_not_fit_is_refused(features: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        tables(line(10, 3, **features))


def test_more_groups_than_can_be_told_apart_are_refused() -> None:
    one = line(10, 3)
    with pytest.raises(ValueError, match="1024"):
        tables(Centre(one.classes, one.groups * 1025))
