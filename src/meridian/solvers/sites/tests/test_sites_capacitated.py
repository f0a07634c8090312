"""Capacitated location: fast methods beside slow oracles, published optima proven."""

import csv
import math
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.console import Fault
from meridian.solvers.sites.assignment import NOBODY, assign, serve_whole_at_prices
from meridian.solvers.sites.first_plan import first_plan, quick_bound
from meridian.solvers.sites.pricing import FREE, cheapest_cover, serve_at_prices
from meridian.solvers.sites.solve import solve
from meridian.solvers.sites.transport import transport
from meridian.solvers.sites.warehouses import Warehouses, checked_cost, read_warehouses
from meridian.solvers.solving.mip import Mip
from meridian.solvers.solving.testing import Recording

INSTANCES = Path(__file__).parents[5] / "bench" / "data" / "facility_location"
PUBLISHED = list(csv.DictReader((INSTANCES / "capacitated_optima.csv").read_text().splitlines()))


def random_model(seed, **kind):
    """A small model with unlike warehouses, customers without demand and sometimes too little room."""
    chance = random.Random(seed)
    warehouses, customers = chance.randint(1, 8), chance.randint(1, 14)
    demands = tuple(float(chance.randint(0, 9)) for _ in range(customers))
    largest = int(3 * sum(demands) / warehouses) + 4
    return Warehouses(
        instance=f"seed {seed}",
        capacities=tuple(float(chance.randint(0, largest)) for _ in range(warehouses)),
        fixed_costs=tuple(float(chance.randint(0, 60)) for _ in range(warehouses)),
        demands=demands,
        costs=tuple(tuple(float(chance.randint(0, 40)) for _ in range(warehouses)) for _ in demands),
        **kind,
    )


def least_cost_by_milp(model):
    """The optimum by the strong form in one piece; infinite when nothing is feasible."""
    mip = Mip()
    opening = [mip.column(cost, integer=True) for cost in model.fixed_costs]
    service = [[mip.column(cost, integer=model.single_source) for cost in costs] for costs in model.costs]
    for columns in service:
        mip.row([(column, 1.0) for column in columns], lower=1.0, upper=1.0)
        for column, opened in zip(columns, opening, strict=True):
            mip.row([(column, 1.0), (opened, -1.0)], upper=0.0)
    for at, opened in enumerate(opening):
        load = [(columns[at], demand) for columns, demand in zip(service, model.demands, strict=True)]
        mip.row([*load, (opened, -model.capacities[at])], upper=0.0)
    return mip.solve(seconds=60).objective


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("single_source", [False, True])
def test_the_search_proves_what_the_strong_form_finds(seed, single_source):
    model = random_model(seed, single_source=single_source)
    least = least_cost_by_milp(model)
    recording = Recording()
    if least == math.inf:
        if sum(model.demands) <= sum(model.capacities):
            with pytest.raises(Fault, match="from one source"):
                solve(model, recording.reporter)
        return
    solve(model, recording.reporter)
    assert checked_cost(model, recording.best) == pytest.approx(least)
    assert recording.is_proven


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_transport_is_the_linear_programs_optimum(seed):
    model = random_model(seed)
    costs, demands = np.array(model.costs).T.copy(), np.array(model.demands)
    capacities = np.array(model.capacities)
    cost, shares = transport(costs, demands, capacities)
    if demands.sum() > capacities.sum():
        assert cost == math.inf
        return
    assert shares.sum(axis=0) == pytest.approx(1.0)
    assert np.all(shares @ demands <= capacities + 1e-6)
    assert cost == pytest.approx(float((shares * costs).sum()))
    free = replace(model, fixed_costs=(0.0,) * len(model.capacities))
    assert cost == pytest.approx(least_cost_by_milp(free))


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_at_any_prices_the_bound_is_below_the_relaxation(seed):
    model = random_model(seed)
    costs = np.array(model.costs).T.copy()
    demands, capacities = np.array(model.demands), np.array(model.capacities)
    chance = np.random.default_rng(seed)
    prices = chance.uniform(0, 60, len(demands))
    fixed, state = np.array(model.fixed_costs), np.full(len(costs), FREE)
    shares, chosen = np.zeros(costs.shape), np.zeros(len(costs), bool)
    rents = serve_at_prices(costs, demands, capacities, fixed, prices, state, shares)
    assert np.all(shares @ demands <= capacities + 1e-9)
    assert rents == pytest.approx(fixed + (shares * (costs - prices)).sum(axis=1))
    total = cheapest_cover(rents, capacities, float(demands.sum()), state, chosen)
    assert prices.sum() + total <= least_cost_by_milp(model) + 1e-6


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_whole_customers_are_packed_as_enumeration_packs_them(seed):
    chance = np.random.default_rng(seed)
    count = int(chance.integers(1, 9))
    costs, prices = chance.uniform(0, 9, (1, count)), chance.uniform(0, 9, count)
    weights, room = chance.integers(0, 6, count), int(chance.integers(0, 16))
    shares = np.zeros((1, count))
    rent = serve_whole_at_prices(
        costs, weights, np.array([room]), np.array([3.0]), prices, np.array([False]), shares
    )[0]
    subsets = (np.array([mask >> at & 1 for at in range(count)]) for mask in range(1 << count))
    least = min(3.0 + float(each @ (costs[0] - prices)) for each in subsets if each @ weights <= room)
    assert rent == pytest.approx(least)
    assert shares[0] @ weights <= room


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_an_assignment_gives_everyone_one_source_that_has_room(seed):
    model = random_model(seed)
    costs, demands = np.array(model.costs).T.copy(), np.array(model.demands)
    capacities = np.array(model.capacities)
    cost, shares = transport(costs, demands, capacities)
    if cost == math.inf:
        return
    home = assign(costs, demands, capacities, shares)
    if home[0] != NOBODY:
        loads = np.bincount(home, demands, minlength=len(capacities))
        assert np.all(loads <= capacities + 1e-6)
        assert costs[home, np.arange(len(demands))].sum() >= cost - 1e-6


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row['instance']}-{row['capacity']}")
def test_published_capacitated_optima_are_proven(row):
    capacity = float(row["capacity"])
    path = next(INSTANCES.glob(f"{row['instance']}.txt*"))
    model = read_warehouses(path, capacity=capacity)
    model = replace(model, capacities=(capacity,) * len(model.capacities))
    recording = Recording()
    solve(model, recording.reporter)
    assert checked_cost(model, recording.best) == pytest.approx(float(row["optimum"]), abs=0.01)
    assert recording.is_proven


def test_a_large_model_with_one_source_for_everyone_is_proven():
    model = read_warehouses(INSTANCES / "capa.txt.xz", capacity=8_000, single_source=True)
    recording = Recording()
    solve(model, recording.reporter)
    assert checked_cost(model, recording.best) == pytest.approx(19_241_056.933, abs=0.01)
    assert recording.is_proven


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("single_source", [False, True])
def test_the_first_plan_is_lawful_and_the_quick_bound_below_every_plan(seed, single_source):
    model = random_model(seed, single_source=single_source)
    plan, bound = first_plan(model), quick_bound(model)
    if plan is None:
        assert single_source or sum(model.demands) > sum(model.capacities)
    else:
        assert bound <= least_cost_by_milp(model) + 1e-6 <= checked_cost(model, plan) + 2e-6
