"""The plan of the demo organisation is decided once, and is the cheapest that holds the load."""

import pytest
from house.factory import MAKER

from meridian.steering.plans.models import Check, Decision, SolveRun
from meridian.steering.plans.offers import cheapest, decide_demo

pytestmark = pytest.mark.django_db


def test_the_demo_has_one_decided_plan_that_passed_its_check():
    decide_demo(MAKER)
    decide_demo(MAKER)
    decision, run, check = Decision.objects.get(), SolveRun.objects.get(), Check.objects.get()
    assert (decision.outcome, run.status, check.passed) == ("accepted", "proven", True)
    assert check.objective == run.objective == decision.solution.objective
    # By hand: Geneva and Nairobi hold 105 kW; no cheaper pair or three reaches 100.
    assert cheapest() == (("Geneva", "Nairobi"), 660_000)
