"""Earned value keeps its identities whatever the tasks are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.work.projects.rules.earned_value import Work, earned_value, planned_value
from meridian.work.projects.rules.states import ENDED, STEPS

DAY = date(2026, 1, 1)
MONEY = st.integers(0, 10**10).map(lambda cents: Decimal(cents) / 100)
WORKS = st.builds(
    lambda budget, start, days, percent, spent: Work(
        budget, DAY + timedelta(start), DAY + timedelta(start + days), Decimal(percent), spent
    ),
    MONEY,
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 100),
    MONEY,
)


def test_a_worked_example():
    """Half of the time has passed, a quarter is done for the money of half."""
    work = Work(Decimal(1000), DAY, DAY + timedelta(9), Decimal(25), Decimal(500))
    value = earned_value([work], DAY + timedelta(4))
    assert (value.planned, value.earned, value.spent) == (500, 250, 500)
    assert (value.schedule_index, value.cost_index) == (Decimal("0.500"), Decimal("0.500"))
    assert value.estimate_at_completion == 2000
    assert value.variance_at_completion == -1000
    assert value.index_to_complete == Decimal("1.500")


@given(st.lists(WORKS, max_size=8), st.integers(-5, 700))
def test_planned_value_grows_from_nothing_to_the_budget(works, offset):
    on = DAY + timedelta(offset)
    value = earned_value(works, on)
    later = earned_value(works, on + timedelta(1))
    assert 0 <= value.planned <= later.planned <= value.budget
    assert earned_value(works, DAY - timedelta(1)).planned == 0
    assert earned_value(works, DAY + timedelta(700)).planned == value.budget
    assert value.cost_variance == value.earned - value.spent


@given(WORKS)
def test_done_for_the_money_planned_ends_on_budget(work):
    done = Work(work.budget, work.first_on, work.last_on, Decimal(100), work.budget)
    value = earned_value([done], work.last_on)
    assert value.estimate_at_completion == work.budget
    assert planned_value(done, work.last_on) == value.earned == work.budget


def test_nothing_earned_leaves_the_estimate_open():
    spent = Work(Decimal(10), DAY, DAY, Decimal(0), Decimal(5))
    assert earned_value([spent], DAY).estimate_at_completion is None
    assert earned_value([], DAY).schedule_index is None


@pytest.mark.parametrize(("percent", "days"), [(101, 0), (-1, 0), (5, -1)])
def test_impossible_work_is_refused(percent, days):
    with pytest.raises(ValueError, match="not between|before it begins"):
        Work(Decimal(1), DAY, DAY + timedelta(days), Decimal(percent), Decimal(0))


def test_nothing_leads_out_of_the_end():
    assert not any(step.sources & ENDED for step in STEPS.values())
    assert {step.target for step in STEPS.values()} >= ENDED
