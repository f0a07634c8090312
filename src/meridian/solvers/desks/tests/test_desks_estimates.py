"""Estimates with what chance gave taken away: no bias, honest intervals, and far less noise than counting."""

import numpy as np
import pytest

from meridian.solvers.centres.facade import (
    ABANDONED,
    FAMILIES,
    FIRST_SUM,
    MEASURES,
    OFFERED,
    STATES,
    WITHIN,
    AgentGroup,
    Centre,
    ContactClass,
    Played,
    Share,
    Span,
    corrected,
    play,
    share,
)
from meridian.solvers.desks.erlang import Queue, erlang_a
from meridian.solvers.desks.figures import Member, weekly_ratio
from meridian.solvers.desks.pools import Pool, Staffing

HOURS = np.arange(168, dtype=np.int32)
SEEDS = 60


def line(agents: int = 10, variation: float | None = None) -> Centre:
    """About 50 contacts an hour of 12 minutes with 6 minutes' patience."""
    one = ContactClass("calls", np.array([50 / 3600]), 720.0, 360.0, handling_variation=variation)
    return Centre((one,), (AgentGroup("desk", (0,), np.array([agents])),))


def week(variation: float | None) -> Centre:
    """Two languages with hours of their own, shifts, and agents who speak one or both."""
    busy = np.where((HOURS % 24 >= 8) & (HOURS % 24 < 18), 40 / 3600, 4 / 3600)
    classes = tuple(
        ContactClass(
            name, np.roll(busy, shift), 500.0, 240.0, handling_variation=variation, handover_share=0.0
        )
        for name, shift in (("one", 0), ("other", 7))
    )
    groups = tuple(
        AgentGroup(name, skills, np.where(np.roll(busy, shift) > 0.005, 5, 1))
        for name, skills, shift in (("first", (0,), 0), ("both", (1, 0), 7))
    )
    return Centre(classes, groups, hour_of_slot=HOURS)


def estimates(span: Span, replications: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Value, standard error, and counted value of the service level of the line, for each seed."""
    found = []
    for seed in range(SEEDS):
        ledger = play(line(), seed, replications, span).ledger
        better = share(corrected(ledger, WITHIN), ledger[..., OFFERED])
        found.append((better.value, better.error, share(ledger[..., WITHIN], ledger[..., OFFERED]).value))
    return tuple(np.array(found).T)


def test_the_mean_over_many_seeds_meets_the_closed_form_and_intervals_cover_it() -> None:
    exact = erlang_a(Queue(50, 5, 10, 10, 30 / 3600)).service_level
    values, errors, counted = estimates(Span(10.0, 0.1, batches=100), 4)
    off = values - exact
    assert abs(off.mean()) < 3.5 * off.std() / np.sqrt(SEEDS)
    # 95 % of 60 is 57; 51 or fewer would come once in 200 times.
    assert (np.abs(off) < 1.96 * errors).sum() >= 52
    assert off.std() == pytest.approx(errors.mean(), rel=0.3)
    assert off.std() < 0.4 * counted.std()


@pytest.mark.parametrize("centre", [line(), line(variation=1.0), week(None), week(1.5)])
def test_every_sum_of_the_ledger_has_mean_zero(centre: Centre) -> None:
    ledger = play(centre, 5, 10, Span(40.0, 0.1, batches=40)).ledger
    sums = ledger[..., FIRST_SUM:].reshape(400, FAMILIES, STATES)
    for totals in (sums.sum(axis=2), sums[:, :, : STATES // 3].sum(axis=2)):
        assert (np.abs(totals.mean(axis=0)) < 4.5 * totals.std(axis=0) / 20 + 1e-9).all()


@pytest.mark.parametrize("centre", [line(variation=0.7), week(1.0)])
def test_the_ledger_counts_what_the_simulator_counts_and_changes_nothing(centre: Centre) -> None:
    with_ledger = play(centre, 3, 3, Span(4.0, 0.5, batches=7))
    without = play(centre, 3, 3, Span(4.0, 0.5))
    assert np.array_equal(with_ledger.counts, without.counts)
    assert without.ledger.shape[1] == 0
    for measure in (OFFERED, WITHIN, ABANDONED):
        counted = with_ledger.counts[..., measure].sum(axis=(1, 2))
        assert with_ledger.ledger[..., measure].sum(axis=1) == pytest.approx(counted)


def test_lengths_that_are_not_exponential_are_told_more_surely_too() -> None:
    ledger = play(line(variation=1.0), 3, 4, Span(40.0, 0.1, batches=100)).ledger
    better = share(corrected(ledger, WITHIN), ledger[..., OFFERED])
    counted = share(ledger[..., WITHIN], ledger[..., OFFERED])
    assert better.error < 0.7 * counted.error
    assert abs(better.value - counted.value) < 4 * counted.error


def test_too_few_batches_are_left_as_counted() -> None:
    ledger = play(line(), 3, 2, Span(1.0, batches=2)).ledger
    assert np.array_equal(corrected(ledger, WITHIN), ledger[..., WITHIN])


def test_no_contacts_are_no_share() -> None:
    assert share(np.zeros((2, 3)), np.zeros((2, 3))) == Share(0.0, 1.0)


def test_one_batch_tells_a_share_but_not_its_error() -> None:
    assert share(np.array([[3.0]]), np.array([[4.0]])) == Share(0.75, 1.0)


def test_an_interval_of_a_share_ends_at_its_ends() -> None:
    counts, busy = np.zeros((2, 1, 1, MEASURES)), np.zeros((2, 1))
    weekly = {OFFERED: np.full((2, 2), 10.0), WITHIN: np.array([[10.0, 10.1], [10.0, 10.0]])}
    pool = Pool("all", ("en",), np.ones((1, 168)), np.ones(1))
    one = Member(pool, Staffing(((0,),), np.ones((1, 168), int)), Played(counts, busy, counts), weekly, ())
    found = weekly_ratio([one], WITHIN)
    assert found.value == found.high == 1.0 > found.low


def test_days_that_differ_have_no_ledger() -> None:
    centre = Centre(line().classes, line().groups, day_variance=0.2)
    with pytest.raises(ValueError, match="no ledger"):
        play(centre, 1, 2, Span(1.0, batches=4))


def test_what_is_played_keeps_a_ledger_for_each_replication() -> None:
    played: Played = play(line(), 1, 3, Span(1.0, batches=5))
    assert played.ledger.shape[:2] == (3, 5)
