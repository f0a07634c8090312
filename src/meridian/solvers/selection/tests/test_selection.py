"""Selection against plain enumeration: value, proof, frontier, swaps and prices."""

import itertools
import time
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.console import Fault
from meridian.solvers.selection.answer import answer
from meridian.solvers.selection.files import problem_from
from meridian.solvers.selection.frontier import frontier
from meridian.solvers.selection.problem import (
    Capacity,
    Ceiling,
    Choice,
    Claim,
    Line,
    Need,
    Pool,
    Problem,
    breaches,
    portfolio_of,
)
from meridian.solvers.selection.solve import best, prices
from meridian.solvers.selection.swaps import swaps

FUNDS, PERIODS = ("regular", "extra"), ("2026", "2027")
SMALL = st.integers(0, 40)


def every_portfolio(problem):
    """The slow oracle: every subset of choices that keeps the limits."""
    for size in range(len(problem.choices) + 1):
        for taken in itertools.combinations(range(len(problem.choices)), size):
            if not any(breaches(problem, taken)):
                yield portfolio_of(problem, taken)


@st.composite
def problems(draw):
    names = [f"P{number}" for number in range(draw(st.integers(1, 5)))]
    choices = [
        Choice(
            name,
            str(option),
            draw(st.integers(-20, 60)),
            tuple(Line(fund, "staff", period, draw(SMALL)) for fund in FUNDS for period in PERIODS),
            (Need("network", "2026", draw(st.integers(0, 5))),),
            (Claim("desks", "2028", draw(SMALL)),),
        )
        for name in names
        for option in range(draw(st.integers(1, 2)))
    ]
    ceilings = tuple(
        Ceiling(fund, "*", period, draw(st.integers(0, 120))) for fund in FUNDS for period in PERIODS
    )
    order = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] < pair[1])
    pairs = st.lists(order, max_size=2) if len(names) > 1 else st.just([])
    return Problem(
        tuple(choices),
        (*ceilings, Ceiling("*", "staff", "*", draw(st.integers(0, 400)))),
        (Capacity("network", "2026", draw(st.integers(0, 12))),),
        (Pool("desks", "2028", draw(st.integers(0, 60)), Fraction(draw(st.integers(1, 100)), 100)),),
        tuple(draw(pairs)),
        tuple(draw(pairs)),
        tuple(draw(st.lists(st.sampled_from(names), max_size=1))),
    )


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_best_is_the_best_of_all(problem):
    oracle = max((found.value for found in every_portfolio(problem)), default=None)
    found = best(problem, seconds=10)
    if oracle is None:
        assert found is None
        return
    assert found.proven
    assert found.portfolio.value == oracle
    assert not list(breaches(problem, found.portfolio.taken))


@settings(max_examples=15, deadline=None)
@given(problems())
def test_the_frontier_holds_every_efficient_portfolio(problem):
    every = list(every_portfolio(problem))
    efficient = {
        (one.cost, one.value)
        for one in every
        if not any(
            (two.cost <= one.cost and two.value > one.value)
            or (two.cost < one.cost and two.value >= one.value)
            for two in every
        )
    }
    found = frontier(problem, points=10_000, stop_at=time.monotonic() + 30)
    assert {(point.cost, point.value) for point in found} == efficient


@settings(max_examples=15, deadline=None)
@given(problems())
def test_a_swap_loses_exactly_what_forcing_costs(problem):
    found = best(problem, seconds=10)
    if found is None:
        return
    every = list(every_portfolio(problem))
    for swap in swaps(problem, found.portfolio, stop_at=time.monotonic() + 30):
        fitting = [one.value for one in every if (swap.project in one.projects) == swap.forced_in]
        mandated = not swap.forced_in and swap.project in problem.mandated
        assert swap.possible == (bool(fitting) and not mandated)
        if swap.possible:
            assert swap.loss == found.portfolio.value - max(fitting)
            assert (swap.project in swap.comes) == swap.forced_in


@settings(max_examples=15, deadline=None)
@given(problems())
def test_prices_are_never_below_zero_and_none_is_paid_for_what_binds_nobody(problem):
    roomy = replace(problem, ceilings=(*problem.ceilings, Ceiling("*", "*", "*", 10_000)))
    found = best(roomy, seconds=10)
    if found is None:
        return
    told = prices(roomy, found.portfolio)
    assert all(price.price >= 0 for price in told)
    assert [price.price for price in told if price.limit.amount == 10_000] == [0]


def test_the_price_of_a_scarce_fund_is_the_value_of_the_next_unit():
    line = Line("regular", "staff", "2026", 100)
    problem = Problem((Choice("A", "1", 300, (line,)),), (Ceiling("regular", "*", "*", 50),))
    chosen = best(problem, seconds=5)
    assert chosen.portfolio.value == 0
    assert prices(problem, chosen.portfolio)[0].price == pytest.approx(3.0)


def test_a_pool_counts_once_whoever_claims():
    claims = (Claim("desks", "2028", 80),)
    problem = Problem(
        (Choice("A", "1", -10, claims=claims), Choice("B", "1", -30, claims=claims)),
        pools=(Pool("desks", "2028", 100),),
    )
    found = best(problem, seconds=5)
    assert found.portfolio.projects == ("A",)
    assert found.portfolio.value == 70


def test_the_answer_says_why_something_stays_out():
    dear = Choice("Dear", "1", 900, (Line("regular", "staff", "2026", 500),))
    good = Choice("Good", "1", 300, (Line("regular", "staff", "2026", 100),))
    fair = Choice("Fair", "1", 200, (Line("regular", "staff", "2026", 100),))
    problem = Problem((dear, good, fair), (Ceiling("regular", "*", "2026", 150),))
    told = answer(problem, stop_at=time.monotonic() + 20, points=10, decimals=2)
    assert told["status"] == "proven"
    assert told["value"] == told["bound"] == "3.00"
    assert told["left_out"] == ["Dear", "Fair"]
    by_name = {swap["project"]: swap for swap in told["swaps"]}
    assert by_name["Fair"] | {"cost_change": "0.00"} == {
        "project": "Fair",
        "forced": "in",
        "possible": True,
        "comes": ["Fair"],
        "goes": ["Good"],
        "loss": "1.00",
        "cost_change": "0.00",
        "blockers": [],
    }
    assert by_name["Dear"]["blockers"] == ["regular/*/2026"]
    assert [point["cost"] for point in told["frontier"]] == ["1.00", "0.00"]


def test_without_time_the_frontier_and_swaps_are_empty_and_nothing_falls():
    problem = Problem((Choice("A", "1", 300), Choice("B", "1", 200)))
    chosen = best(problem, seconds=5).portfolio
    assert frontier(problem, points=5, stop_at=time.monotonic()) == []
    assert swaps(problem, chosen, stop_at=time.monotonic()) == []


CHOICE = {"project": "A", "value": 1}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"choices": [CHOICE], "ceiling": []}, "the problem has an unknown name “ceiling”"),
        (
            {"choices": [CHOICE, {"project": "B", "value": 1, "cost": []}]},
            "choices[1] has an unknown name “cost”",
        ),
    ],
)
def test_a_misspelt_name_in_a_problem_is_refused_and_not_passed_over(content, place):
    with pytest.raises(Fault) as refused:
        problem_from(content, "problem.json")
    assert place in str(refused.value)
