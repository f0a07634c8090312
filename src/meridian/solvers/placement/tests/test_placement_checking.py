"""The checker against the definition, worked slowly; the bound below every cost."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meridian.solvers.placement.bounds import lower_bound
from meridian.solvers.placement.checking import check
from meridian.solvers.placement.tests.placements import (
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
