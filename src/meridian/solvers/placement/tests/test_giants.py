"""What is out of reach really is, giants stay where they were put, and the relaxation never overstates."""

import itertools
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.solvers.placement.annealing import Trail, anneal
from meridian.solvers.placement.cooling import STRAIT_WAYS, Board, Trial
from meridian.solvers.placement.giants import arrange_giants, have_straits
from meridian.solvers.placement.state import Prices, build_problem, build_state, hold
from meridian.solvers.placement.tests.placements import read_small, slow_cost, slow_feasible
from meridian.solvers.placement.walker import MIX

SEEDS = st.integers(0, 10_000)


def small(seed, **sizes):
    with tempfile.TemporaryDirectory() as folder:
        model, first = read_small(Path(folder), seed, **sizes)
    return model, first, build_problem(model, first)


@settings(deadline=None)
@given(seed=SEEDS)
def test_no_lawful_plan_uses_what_is_out_of_reach(seed):
    model, first, problem = small(seed, machines=4, processes=14)
    for p, m in itertools.product(range(14), range(4)):
        shifted = first.copy()
        shifted[p] = m
        if slow_feasible(model, first, shifted):
            assert problem.reachable[p, m]


@settings(deadline=None)
@given(seed=SEEDS, warmth=st.sampled_from([1.0, 1e5]))
def test_annealing_leaves_held_processes_alone_and_others_within_reach(seed, warmth):
    model, first, problem = small(seed)
    problem = hold(problem, {3: 5, 7: 1})
    start = first.copy()
    start[[3, 7]] = 5, 1
    shape = problem.capacity.shape
    prices = Prices(np.zeros(shape), np.zeros(2), np.zeros(len(first)), np.zeros((shape[0], shape[0])))
    prices = Prices(*(array.astype(np.int64) for array in prices))
    state = build_state(problem, start, prices)
    trail = Trail(
        np.array([seed + 1], np.uint64), first.copy(), np.array([2**40]), np.zeros(1, np.int64),
        np.zeros((4, 2), np.int64),
    )  # fmt: skip
    anneal(problem, state, prices, warmth, MIX, 500, trail)
    assert state.machine[[3, 7]].tolist() == [5, 1]
    assert problem.reachable[np.arange(len(first)), state.machine].all()
    assert warmth < 2 or (state.machine != start).any()


@settings(deadline=None, max_examples=25)
@given(seed=SEEDS)
def test_the_relaxation_is_no_dearer_than_the_best_plan_and_its_giants_fit(seed):
    model, first, problem = small(seed, machines=3, services=3, processes=7)
    bounds, board, strict = [0], Board(first), Board(first)
    arrange_giants(model, problem, 60.0, -1, board, bounds.append)
    lawful = [
        slow_cost(model, first, plan)
        for plan in map(np.array, itertools.product(range(3), repeat=7))
        if slow_feasible(model, first, plan)
    ]
    assert max(bounds) <= min(lawful)
    arrange_giants(model, problem, 60.0, max(lawful), strict, bounds.append)
    assert strict.take_giants() == {}
    # With seven processes all are giants: their arrangement keeps capacity, transient use and all.
    giants = board.take_giants()
    plan = first.copy()
    plan[list(giants)] = list(giants.values())
    for m, r in itertools.product(range(3), range(3)):
        here = plan == m
        if model.transient[r]:
            here |= first == m
        assert model.requirement[here, r].sum() <= model.capacity[m, r]


def test_straits_are_where_most_machines_are_out_of_reach():
    model, first, wide = small(1)
    assert not have_straits(wide)
    full = replace(model, transient=np.ones_like(model.transient))
    staying = np.zeros_like(model.capacity)
    np.add.at(staying, first, model.requirement)
    narrow = build_problem(replace(full, capacity=np.maximum(staying, model.safety)), first)
    assert have_straits(narrow)


def test_every_walker_takes_the_same_giants_and_the_best_trial():
    board = Board(np.zeros(3, np.int64))
    board.await_giants(True)
    assert board.giants_may_come()
    board.arrange({1: 2})
    assert not board.giants_may_come()
    assert board.take_giants() == {1: 2}
    board.arrange({1: 3})
    assert board.take_giants() == {1: 2}
    homely = Board(np.zeros(3, np.int64))
    homely.await_giants(True)
    homely.arrange({})
    assert (homely.giants_may_come(), homely.take_giants()) == (False, {})
    for trial, cost in ((Trial(4), 900), (Trial(2), 500), (Trial(1, arranged=True), 502)):
        board.offer(cost, np.zeros(3, np.int64), trial)
    assert [board.suited(number, first_cost=1_000) for number in (0, 1)] == [
        Trial(way, arranged=True) for way in STRAIT_WAYS
    ]
    assert [board.suited(number, first_cost=100) for number in (0, 1)] == [Trial(2), Trial(2)]
    assert Board(np.zeros(3, np.int64)).suited(1, first_cost=100) == Trial(1)
