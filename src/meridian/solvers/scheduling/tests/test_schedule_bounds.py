"""Prices per day bound every schedule from below, and annealing never leaves a rule or a price out."""

import math

import pytest

from meridian.solvers.scheduling.annealing import anneal, best_schedule, search_from
from meridian.solvers.scheduling.day_prices import DayPrices, climb
from meridian.solvers.scheduling.lists import cost_bound, first_schedule
from meridian.solvers.scheduling.project import Scheduling, checked_cost, cost
from meridian.solvers.scheduling.solve import schedule_project
from meridian.solvers.scheduling.tables import tables_of
from meridian.solvers.scheduling.tests.project_files import cheapest_by_enumeration, priced_project
from meridian.solvers.solving.testing import Recording


def bound_of(project, *, known, turns=150):
    told = []
    best = climb(
        DayPrices(project, tables_of(project)),
        known_cost=lambda: known,
        tell=told.append,
        go_on=lambda turn: turn < turns,
    )
    assert told == sorted(told)
    return best


@pytest.mark.parametrize("seed", range(40))
def test_prices_and_annealing_hold_the_cheapest_between_them(seed):
    project = priced_project(seed)
    cheapest = cheapest_by_enumeration(project)
    first = first_schedule(project, seconds=60)
    if cheapest is None:
        assert first is None
        return
    assert bound_of(project, known=float(cheapest)) <= cheapest + 1e-6
    assert bound_of(project, known=math.inf) <= cheapest + 1e-6
    if first is None:
        return
    tables = tables_of(project)
    search = search_from(tables, first, seed)
    best = anneal(tables, search, 400, 4.0, 0.1, cost(project, first))
    assert checked_cost(project, best_schedule(tables, search)) == best == cheapest


@pytest.mark.parametrize("seed", range(4))
def test_annealing_keeps_every_rule_of_a_larger_project(seed):
    project = priced_project(seed, jobs=14, horizon=60)
    first = first_schedule(project, seconds=60)
    tables = tables_of(project)
    search = search_from(tables, first, seed)
    best = anneal(tables, search, 800, 20.0, 1.0, cost(project, first))
    assert checked_cost(project, best_schedule(tables, search)) == best <= checked_cost(project, first)
    assert cost_bound(project) <= bound_of(project, known=float(best)) + 1e-6 <= best + 1e-5


def test_a_priced_run_limited_by_steps_repeats_itself():
    project = priced_project(3, jobs=10, horizon=40)
    runs = [Recording(steps=3) for _ in range(2)]
    for run in runs:
        schedule_project(Scheduling(project, first_schedule(project, seconds=60)), run.reporter)
    assert runs[0].solutions == runs[1].solutions
    assert runs[0].reporter.bound == runs[1].reporter.bound
    assert checked_cost(project, runs[0].best) == runs[0].objective
