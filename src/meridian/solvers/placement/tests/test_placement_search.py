"""The compiled search: differences equal whole sums, best solutions are lawful, runs repeat."""

import tempfile
import time
from pathlib import Path

import numpy as np
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.solvers.placement.annealing import Trail, anneal
from meridian.solvers.placement.bounds import lower_bound
from meridian.solvers.placement.checking import check
from meridian.solvers.placement.files import read_assignment, read_model
from meridian.solvers.placement.search import search
from meridian.solvers.placement.state import (
    DEPENDENCY_LACK,
    EXCESS,
    SPREAD_LACK,
    Prices,
    build_problem,
    build_state,
    fill_state,
)
from meridian.solvers.placement.tests.placements import read_small, write_model
from meridian.solvers.placement.verbs import VERBS
from meridian.solvers.placement.walker import MIX
from meridian.solvers.solving.limits import Limits

DATA = Path(__file__).parent / "data" / "placement"
MODEL, FIRST = DATA / "model_a1_1.txt", DATA / "assignment_a1_1.txt"


@settings(deadline=None)
@given(
    seed=st.integers(0, 10_000),
    temperature=st.sampled_from([1.0, 30.0, 1e4]),
    price=st.sampled_from([0, 1, 50]),
)
def test_totals_kept_move_by_move_equal_totals_counted_afresh(seed, temperature, price):
    with tempfile.TemporaryDirectory() as folder:
        model, first = read_small(Path(folder), seed)
    problem = build_problem(model, first)
    prices = Prices(
        np.full(problem.capacity.shape, price),
        np.array([price * 7, price * 5]),
        np.arange(len(first)) % (price % 3 + 1),
        16 + np.add.outer(np.arange(len(model.capacity)), np.arange(len(model.capacity))),
    )
    state = build_state(problem, first, prices)
    start = np.array([2**40])
    numbers = np.array([seed + 1], np.uint64)
    trail = Trail(numbers, first.copy(), start, np.zeros(1, np.int64), np.zeros((4, 2), np.int64))
    anneal(problem, state, prices, temperature, MIX, 400, trail)
    kept = {name: np.copy(getattr(state, name)) for name in ("totals", "usage", "held", "priced", "moved")}
    fill_state(problem, state, state.machine.copy(), prices)
    for name, values in kept.items():
        assert np.array_equal(values, getattr(state, name)), name
    verdict = check(model, first, state.machine)
    broken = state.totals[EXCESS] + state.totals[SPREAD_LACK] + state.totals[DEPENDENCY_LACK]
    assert verdict.feasible == (broken == 0)
    if trail.best_cost[0] < 2**40:
        best = check(model, first, trail.best)
        assert best.feasible
        assert best.cost == trail.best_cost[0]


def _found(seed, steps):
    model = read_model(MODEL)
    first = read_assignment(FIRST, model)
    told = [first]
    limits = Limits(600.0, time.monotonic() + 600.0, seed, steps)
    search(model, first, limits, lambda: 600.0, told.append, lambda bound: None)
    return model, first, told[-1]


def test_a_published_instance_comes_within_a_ten_thousandth_and_repeats():
    model, first, found = _found(7, 400_000)
    verdict = check(model, first, found)
    assert verdict.feasible
    assert lower_bound(model) == 44_306_390 <= verdict.cost <= 44_310_000
    assert np.array_equal(found, _found(7, 400_000)[2])


def test_the_command_plans_writes_and_checks(tmp_path):
    out = tmp_path / "solution.txt"
    words = [str(MODEL), str(FIRST)]
    planned = CliRunner().invoke(
        VERBS["plan placement"], [*words, "--steps", "50000", "--out", str(out), "--json"]
    )
    assert planned.exit_code == 0, planned.output
    assert '"instance": "a1_1"' in planned.stdout
    assert '"initial_cost": 49528750' in planned.stdout
    assert len(out.read_text().splitlines()) == 1
    checked = CliRunner().invoke(VERBS["plan check-placement"], [*words, str(out), "--json"])
    assert '"feasible": true' in checked.stdout
    cost = next(line for line in checked.stdout.splitlines() if "cost" in line).strip()
    assert cost in planned.stdout


def test_bad_input_ends_in_one_sentence(tmp_path):
    model, first = write_model(tmp_path, 1)
    out = ["--out", str(tmp_path / "out.txt")]
    plan = VERBS["plan placement"]
    nothing = CliRunner().invoke(plan, [str(model), str(first), "--seconds", "0", *out])
    assert "leaves no time" in nothing.stderr
    first.write_text(" ".join(["0"] * 12))
    unlawful = CliRunner().invoke(plan, [str(model), str(first), "--seconds", "30", *out])
    assert "line 1: the first assignment breaks a rule: " in unlawful.stderr
    model.write_text(model.read_text()[:60])
    cut = CliRunner().invoke(plan, [str(model), str(first), "--seconds", "30", *out])
    assert "the file ends in the middle of" in cut.stderr
    for result in (nothing, unlawful, cut):
        assert result.exit_code == 1
        assert [line for line in result.stderr.splitlines() if line.startswith("Error: ")] == [
            result.stderr.strip().splitlines()[-1]
        ]
    assert not (tmp_path / "out.txt").exists()
