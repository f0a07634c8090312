"""Plans as they are kept: known by their hash, bounded from below, accepted only when checked."""

import datetime
from decimal import Decimal

import pytest
from house.factory import make
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.commands import Refusal
from meridian.engine.policies import system_actor
from meridian.registers.organisation.testing import Unit
from meridian.steering.plans import commands
from meridian.steering.plans.models import Decision, PlanKind, SolveRun
from meridian.steering.plans.rules import fingerprint, gap

ACTOR = system_actor("tests")
CONTENT = {"sites": [{"name": "Geneva", "capacity_kw": 80}], "periods": ["2026"]}


@given(st.dictionaries(st.text(max_size=4), st.integers(), max_size=6))
def test_a_fingerprint_does_not_depend_on_order(content):
    assert fingerprint(dict(reversed(content.items()))) == fingerprint(content)
    assert fingerprint({**content, "one more": 1}) != fingerprint(content)


@pytest.mark.parametrize(
    ("objective", "bound", "expected"),
    [("200", "150", "0.25"), ("0", "0", "0"), ("0", "-1", None), (None, "1", None), ("-10", "-15", "0.5")],
)
def test_the_gap_is_a_share_of_the_objective(objective, bound, expected):
    numbers = [None if each is None else Decimal(each) for each in (objective, bound)]
    assert gap(*numbers) == (None if expected is None else Decimal(expected))


def a_run():
    dataset = commands.freeze_dataset(
        actor=ACTOR, unit=make(Unit), code="D1", name="Rooms", kind=PlanKind.SITES, content=CONTENT
    )
    scenario = commands.add_scenario(actor=ACTOR, code="S1", name="As it is", dataset=dataset)
    return commands.queue_run(
        actor=ACTOR, scenario=scenario, model="estate", model_version="1", limit_seconds=Decimal(10)
    )


@pytest.mark.django_db
def test_the_chain_from_dataset_to_decision():
    run = a_run()
    assert run.scenario.dataset.content_hash == fingerprint(CONTENT)
    run = commands.record_run(
        actor=ACTOR, row=run, status=SolveRun.Status.FEASIBLE, objective=Decimal(200), bound=Decimal(150)
    )
    assert run.gap == Decimal("0.25")
    first = commands.keep_solution(actor=ACTOR, run=run, objective=Decimal(220), content={"open": [1]})
    second = commands.keep_solution(actor=ACTOR, run=run, objective=Decimal(200), content={"open": [2]})
    assert (first.sequence, second.sequence) == (1, 2)
    decision = {
        "outcome": Decision.Outcome.ACCEPTED,
        "body": "Board",
        "decided_on": datetime.date(2026, 3, 1),
    }
    with pytest.raises(Refusal, match="passed no check"):
        commands.decide(actor=ACTOR, solution=second, **decision)
    commands.keep_check(actor=ACTOR, solution=second, checker="estate", checker_version="1", passed=True)
    assert commands.decide(actor=ACTOR, solution=second, **decision).solution == second


@pytest.mark.django_db
def test_a_bound_above_the_objective_is_refused():
    with pytest.raises(Refusal, match="bound"):
        commands.record_run(
            actor=ACTOR,
            row=a_run(),
            status=SolveRun.Status.PROVEN,
            objective=Decimal(100),
            bound=Decimal(101),
        )
