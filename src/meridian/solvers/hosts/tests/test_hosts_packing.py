"""Packing hosts: as cheap as trying everything, never below the bound, never worse than by peaks."""

import random
import tempfile
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.console import Fault
from meridian.solvers.hosts.bound import _rounded_down, _without_small, lower_bound
from meridian.solvers.hosts.check import check_plan
from meridian.solvers.hosts.exact import Ears, Effort, pack_exactly
from meridian.solvers.hosts.model import build_problem
from meridian.solvers.hosts.packing import Packing
from meridian.solvers.hosts.plan import HostsJob
from meridian.solvers.hosts.search import Course, Search
from meridian.solvers.hosts.solve import solve_hosts
from meridian.solvers.hosts.tests.estates import (
    cheapest,
    estate_of,
    fields,
    random_fields,
    wave,
    workload,
)
from meridian.solvers.solving.limits import Limits
from meridian.solvers.solving.worker import Reporter


def packed(estate, steps=30, seed=1, known=None):
    """The last plan told, its cost and the last bound."""
    told = []
    limits = Limits(600.0, time.monotonic() + 600.0, seed, steps)
    reporter = Reporter(limits, told.append)
    solve_hosts(HostsJob(estate, known), reporter)
    plan = [message.solution for message in told if message.solution is not None][-1]
    return plan, reporter.objective, reporter.bound


def read(value):
    with tempfile.TemporaryDirectory() as folder:
        return estate_of(folder, value)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1_000_000))
def test_tiny_estates_are_packed_as_cheaply_as_trying_everything(seed):
    estate = read(random_fields(random.Random(seed)))
    least = cheapest(estate)
    if least is None:
        with pytest.raises(Fault):
            packed(estate)
        return
    plan, cost, bound = packed(estate)
    verdict = check_plan(estate, plan)
    assert not verdict.violations
    assert verdict.cost == cost == least
    assert bound == least
    first = lower_bound(build_problem(estate), seconds=60)
    assert first is not None
    assert first <= least


def hourly_fields(chance, count):
    """Loads that peak at any hour, on hosts of two domains, with replicas apart and one now placed."""
    workloads = [
        workload(
            f"w{number}",
            wave(chance.randrange(24), chance.randint(2, 12), round(chance.uniform(1, 6), 2), 0.3),
            chance.randint(1, 25),
        )
        for number in range(count)
    ]
    apart = [{"workloads": [f"w{number}", f"w{number + 1}"]} for number in range(0, count - 1, 4)]
    return fields(workloads, apart=apart, headroom={"cpu": 0.15, "memory": 0.1})


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_by_the_hour_is_lawful_above_the_bound_and_never_worse_than_by_peaks(seed):
    chance = random.Random(seed)
    estate = read(hourly_fields(chance, chance.randint(2, 30)))
    flat, peak_cost, peak_bound = packed(estate.by_peaks(), steps=5)
    plan, cost, bound = packed(estate, steps=5, known=flat.hosts)
    assert not check_plan(estate.by_peaks(), flat).violations
    assert not check_plan(estate, flat).violations
    assert not check_plan(estate, plan).violations
    assert bound <= cost <= peak_cost
    assert bound <= peak_bound <= peak_cost


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_the_bound_is_below_what_cp_sat_proves(seed):
    chance = random.Random(seed)
    problem = build_problem(read(hourly_fields(chance, chance.randint(2, 12))))
    bounds, costs = [], []
    ears = Ears(lambda _, cost: costs.append(cost), bounds.append)
    assert pack_exactly(problem, None, None, Effort(60.0, 1, 5.0), ears)
    assert lower_bound(problem, seconds=60) <= costs[-1]
    assert max(bounds) <= costs[-1]


@given(
    largest=st.integers(1, 60),
    parts=st.integers(1, 5),
    share=st.floats(0.01, 0.5),
    loads=st.lists(st.integers(0, 60), max_size=8),
)
def test_dual_feasible_functions_never_make_more_of_what_fits(largest, parts, share, loads):
    loads = np.array([load for load in loads if load <= largest], dtype=np.int64)
    threshold = max(1, int(share * largest))
    functions = [_rounded_down(largest, parts)]
    if 2 * threshold <= largest:
        functions.append(_without_small(largest, threshold))
    for function in functions:
        total = min(largest, int(loads.sum()))
        if loads.sum() <= largest:
            assert function(loads).sum() <= function(np.array([total]))[0]
        assert function(np.array([0]))[0] == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_kept_move_by_move_equals_what_is_counted_afresh(seed):
    chance = random.Random(seed)
    problem = build_problem(read(random_fields(chance) | {"together": []}))
    search = Search(problem, Course(seed, 5, lambda: 0.0, lambda _: None))
    packing = search.start([])
    before = packing.hosts()
    for _ in range(5):
        search._round(packing)
        packing.undo()
        assert packing.hosts() == before
        search._round(packing)
        packing.keep()
        before = packing.hosts()
        again = Packing(problem)
        for item, host in enumerate(before):
            if host is not None:
                again.put(item, again.places[host] if host in again.places else again.open(host))
        assert (again.cost, again.pooled) == (packing.cost, packing.pooled)
        for host, place in packing.places.items():
            assert np.array_equal(packing.free[place], again.free[again.places[host]])
            assert np.all(packing.free[place] >= 0)


def test_steps_and_a_seed_repeat_exactly():
    estate = read(hourly_fields(random.Random(5), 40))
    assert packed(estate, 20, 3) == packed(estate, 20, 3)


def test_peaks_of_different_hours_share_a_host():
    names = [workload(f"w{number}", wave(6 * number, 6, 8.0)) for number in range(4)]
    estate = read(fields(names))
    assert packed(estate)[1:] == (1, 1)
    assert packed(estate.by_peaks())[1:] == (4, 4)


def test_a_workload_stays_where_it_runs_unless_moving_saves_more():
    cheap = {"name": "cheap", "capacity": {"cpu": 10, "memory": 100}, "cost": 3}
    dear = {"name": "dear", "capacity": {"cpu": 10, "memory": 100}, "cost": 5}
    for move_cost, kind in ((1, 0), (4, 1)):
        only = [workload("w", wave(0, 24, 5.0), now="dear-2", move_cost=move_cost)]
        estate = read(fields(only, kinds=[cheap, dear]))
        plan, cost, bound = packed(estate)
        assert plan.hosts[0][0] == kind
        assert cost == bound == min(5, 3 + move_cost)


def test_rules_hold_where_they_cost_a_host():
    both = [workload("a", wave(0, 8, 2.0)), workload("b", wave(8, 8, 2.0))]
    kinds = [
        {"name": name, "domain": name, "capacity": {"cpu": 10, "memory": 100}} for name in ("north", "south")
    ]
    named = {"workloads": ["a", "b"]}
    assert packed(read(fields(both, kinds=kinds)))[1:] == (1, 1)
    for rule in ({"apart": [named]}, {"spread": [named | {"domains": 2}]}):
        assert packed(read(fields(both, kinds=kinds, **rule)))[1:] == (2, 2)
    plan, cost, _ = packed(read(fields(both, kinds=kinds, apart=[named], near=[named])))
    assert cost == 2
    assert plan.hosts[0][0] == plan.hosts[1][0]


def test_rules_that_cannot_hold_together_are_named_and_no_others():
    named = {"workloads": ["a", "b"]}
    kinds = [
        {"name": name, "domain": name, "capacity": {"cpu": 10, "memory": 100}, "count": 1}
        for name in ("north", "south")
    ]
    three = [workload(name, wave(0, 8, 2.0)) for name in "abc"]
    rules = {"near": [named, {"workloads": ["b", "c"]}], "apart": [named], "spread": []}
    with pytest.raises(Fault) as fault:
        packed(read(fields(three, kinds=kinds, **rules)))
    expected = "apart 'a', 'b'; near 'a', 'b'; 1 hosts of kind 'north'; 1 hosts of kind 'south'."
    assert f"These cannot hold together: {expected}" in fault.value.message


def test_hosts_that_do_not_suffice_for_whole_workloads_are_named():
    kind = {"name": "blade", "capacity": {"cpu": 10, "memory": 100}, "count": 3}
    six = [workload(str(number), wave(0, 24, 4.0 + number % 2)) for number in range(6)]
    six.append(workload("last", wave(0, 24, 2.5)))
    with pytest.raises(Fault, match="These cannot hold together: 3 hosts of kind 'blade'"):
        packed(read(fields(six, kinds=[kind])))
