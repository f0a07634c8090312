"""Warehouse location: every method meets the slow oracle, every bad file is one sentence."""

import itertools
import lzma
import math
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.console import Fault
from meridian.solvers.sites.dual_ascent import ascend
from meridian.solvers.sites.solve import solve
from meridian.solvers.sites.verbs import sites
from meridian.solvers.sites.warehouses import (
    Supply,
    Warehouses,
    checked_cost,
    read_warehouses,
)
from meridian.solvers.solving.testing import Recording

INSTANCES = Path(__file__).parents[5] / "bench" / "data" / "facility_location"
OPTIMA = dict(line.split(",") for line in (INSTANCES / "optima.csv").read_text().split()[1:])


def random_model(seed, *, warehouses=5, customers=7, **kind):
    chance = random.Random(seed)
    demands = tuple(float(chance.randint(1, 9)) for _ in range(customers))
    return Warehouses(
        instance=f"seed {seed}",
        capacities=tuple(float(chance.randint(12, 30)) for _ in range(warehouses)),
        fixed_costs=tuple(float(chance.randint(0, 60)) for _ in range(warehouses)),
        demands=demands,
        costs=tuple(tuple(float(chance.randint(0, 40)) for _ in range(warehouses)) for _ in demands),
        **kind,
    )


def least_cost_by_enumeration(model):
    """The optimum with one source each: every opening, every assignment (or the nearest, uncapacitated)."""
    best = math.inf
    positions = range(len(model.capacities))
    for size in range(1, len(model.capacities) + 1):
        for opened in itertools.combinations(positions, size):
            best = min(best, sum(model.fixed_costs[at] for at in opened) + least_service(model, opened))
    return best


def least_service(model, opened):
    if model.uncapacitated:
        return sum(min(costs[at] for at in opened) for costs in model.costs)
    states = {tuple(model.capacities[at] for at in opened): 0.0}
    for demand, costs in zip(model.demands, model.costs, strict=True):
        after = {}
        for room, cost in states.items():
            for position, at in enumerate(opened):
                if room[position] >= demand:
                    left = (*room[:position], room[position] - demand, *room[position + 1 :])
                    after[left] = min(after.get(left, math.inf), cost + costs[at])
        states = after
    return min(states.values(), default=math.inf)


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_dual_ascent_brackets_the_optimum(seed, warehouses, customers):
    model = random_model(seed, warehouses=warehouses, customers=customers, uncapacitated=True)
    cost, supply, bound = ascend(model)
    assert cost == pytest.approx(checked_cost(model, supply))
    assert bound - 1e-6 <= least_cost_by_enumeration(model) <= cost + 1e-6


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", [{"uncapacitated": True}, {"single_source": True}])
def test_solvers_prove_what_enumeration_finds(seed, kind):
    model = random_model(seed, **kind)
    recording = Recording()
    solve(model, recording.reporter)
    assert checked_cost(model, recording.best) == pytest.approx(least_cost_by_enumeration(model))
    assert recording.is_proven


@pytest.mark.parametrize("seed", range(12))
def test_fractional_supply_is_proven_and_never_dearer_than_one_source(seed):
    model = random_model(seed)
    recording = Recording()
    solve(model, recording.reporter)
    assert recording.is_proven
    assert checked_cost(model, recording.best) == pytest.approx(recording.objective)
    assert recording.objective <= least_cost_by_enumeration(model) + 1e-6


@pytest.mark.parametrize("name", OPTIMA)
def test_published_optima_are_proven(name):
    path = next(INSTANCES.glob(f"{name}.txt*"))
    model = read_warehouses(path, uncapacitated=True)
    recording = Recording()
    solve(model, recording.reporter)
    assert checked_cost(model, recording.best) == pytest.approx(float(OPTIMA[name]), abs=0.001)
    assert recording.is_proven


def test_the_command_prints_a_checked_answer():
    result = CliRunner().invoke(
        sites, [str(INSTANCES / "cap71.txt"), "--uncapacitated", "--seconds", "10", "--json"]
    )
    assert result.exit_code == 0, result.output
    assert '"objective": 932615.75' in result.stdout
    assert '"proven": true' in result.stdout


@pytest.mark.parametrize(
    ("supply", "breach"),
    [
        (Supply((0,), ((0, 1, 1.0), (1, 0, 1.0))), "closed warehouse 1"),
        (Supply((0, 1), ((0, 0, 1.0),)), "customer 1 receives 0"),
        (Supply((0,), ((0, 0, 1.0), (1, 0, 1.0))), "holds 9 of 8"),
        (Supply((0, 1), ((0, 0, 0.5), (0, 1, 0.5), (1, 1, 1.0))), "more than one source"),
    ],
)
def test_the_check_refuses_a_broken_plan(supply, breach):
    model = Warehouses(
        "tiny", (8.0, 8.0), (1.0, 1.0), (4.0, 5.0), ((1.0, 2.0), (3.0, 1.0)), single_source=True
    )
    with pytest.raises(Fault, match=breach):
        checked_cost(model, supply)


WHOLE = "2 2\n 8 10.\n 8 12.\n 4\n 1. 2.\n 5\n 3. 1.\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        (WHOLE[:20], r"line 4: the file ends here, before cost 1 of 2 of customer 1 of 2"),
        (
            WHOLE.replace("12.", "dear"),
            r"line 3: the fixed cost of warehouse 2 should be a number, not 'dear'",
        ),
        (WHOLE.replace("2 2", "2 0", 1), "line 1: the number of customers should be between 1"),
        (WHOLE.replace("2 2", "2.5 2", 1), "line 1: the number of warehouses should be a whole number"),
        (WHOLE.replace("5\n", "-5\n"), "line 6: the demand of customer 2 should be between 0"),
        (WHOLE.replace("5\n", "nan\n"), "line 6: the demand of customer 2 should be between 0"),
        (WHOLE + "7\n", r"line 8: '7' stands after the costs of customer 2"),
        (WHOLE.replace("8 10", "capacity 10"), "line 2: the file leaves the capacity open"),
        (WHOLE.replace("4\n", "40\n"), "need 45, all warehouses together hold 16"),
    ],
)
def test_a_bad_file_names_the_line(tmp_path, text, sentence):
    path = tmp_path / "bad.txt"
    path.write_text(text)
    with pytest.raises(Fault, match=sentence):
        read_warehouses(path)


def test_a_customer_too_large_for_every_single_source_is_named(tmp_path):
    path = tmp_path / "large.txt"
    path.write_text(WHOLE.replace("5\n", "9\n"))
    with pytest.raises(Fault, match="customer 2 needs 9 from one source, the largest holds 8"):
        read_warehouses(path, single_source=True)


def test_a_packed_file_reads_alike_and_a_torn_one_is_refused(tmp_path):
    plain, packed, torn = tmp_path / "a.txt", tmp_path / "a.txt.xz", tmp_path / "b.txt.xz"
    plain.write_text(WHOLE)
    packed.write_bytes(lzma.compress(WHOLE.encode()))
    torn.write_bytes(lzma.compress(WHOLE.encode() * 50)[:-20])
    assert read_warehouses(packed) == read_warehouses(plain)
    with pytest.raises(Fault, match=r"not a whole \.xz file"):
        read_warehouses(torn)
