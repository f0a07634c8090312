"""The checker against the definition, worked slowly; the bound below every cost; hourly packing."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.steering.placement.bounds import lower_bound
from meridian.steering.placement.checking import check
from meridian.steering.placement.hours import HOURS_OF_WEEK, pack_by_hour
from meridian.steering.placement.tests.placements import (
    random_assignment,
    read_small,
    slow_cost,
    slow_feasible,
)


@given(seed=st.integers(0, 10_000), moves=st.integers(0, 12))
def test_checker_agrees_with_the_definition_and_the_bound_is_below(seed, moves):
    with tempfile.TemporaryDirectory() as folder:
        model, first = read_small(Path(folder), seed)
    assignment = first.copy()
    assignment[:moves] = random_assignment(model, seed)[:moves]
    verdict = check(model, first, assignment)
    assert verdict.cost == slow_cost(model, first, assignment)
    assert verdict.feasible == slow_feasible(model, first, assignment) == (not verdict.violations)
    assert lower_bound(model) <= verdict.cost


def test_every_broken_rule_is_a_sentence(tmp_path):
    model, first = read_small(tmp_path, 3)
    verdict = check(model, first, np.zeros_like(first))
    text = " ".join(verdict.violations)
    assert not verdict.feasible
    assert "more than one process on machine 0" in text
    assert all(sentence.endswith(".") for sentence in verdict.violations)


def test_peaks_of_different_hours_share_a_host():
    loads = np.zeros((4, 1, HOURS_OF_WEEK))
    for workload in range(4):
        loads[workload, 0, workload::4] = 8.0
    saving = pack_by_hour(loads, np.array([10.0]), np.array([0.1]))
    assert (saving.by_hour.hosts, saving.by_peak.hosts, saving.hosts_saved) == (1, 4, 3)


@given(st.integers(0, 1_000))
def test_packing_keeps_headroom_in_every_hour_and_is_never_worse_than_by_peaks(seed):
    numbers = np.random.default_rng(seed)
    loads = numbers.uniform(0, 5, (numbers.integers(0, 15), 2, HOURS_OF_WEEK))
    capacity, headroom = np.array([10.0, 8.0]), np.array([0.2, 0.3])
    saving = pack_by_hour(loads, capacity, headroom)
    assert saving.hosts_saved >= 0
    for packing in (saving.by_hour, saving.by_peak):
        for host in range(packing.hosts):
            used = loads[packing.host == host].sum(axis=0)
            assert np.all(used <= (capacity * (1 - headroom))[:, None] + 1e-6)


def test_a_workload_bigger_than_a_host_is_refused_by_number():
    loads = np.full((1, 1, HOURS_OF_WEEK), 9.5)
    with pytest.raises(ValueError, match="Workload 0 does not fit"):
        pack_by_hour(loads, np.array([10.0]), np.array([0.1]))
    with pytest.raises(ValueError, match="168 hours"):
        pack_by_hour(np.zeros((1, 1, 24)), np.array([10.0]), np.array([0.1]))
