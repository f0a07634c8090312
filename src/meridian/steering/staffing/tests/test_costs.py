"""The cost effect of actions, and its page."""

from datetime import date
from decimal import Decimal

import pytest
from house.actors import stage
from house.factory import make

from meridian.engine.policies import system_actor
from meridian.steering.staffing.commands import act_on_post
from meridian.steering.staffing.models import Post, PostAction, StandardCost, VacancyRate
from meridian.steering.staffing.queries.costs import cost_effect, rates_on
from meridian.steering.staffing.rules.costs import NoRate

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates():
    for grade, cost in (("P-3", 120000), ("P-4", 150000)):
        make(StandardCost, grade=grade, yearly_cost_usd=cost, starts_on="2019-01-01")
    make(StandardCost, grade="P-3", yearly_cost_usd=1, starts_on="2030-01-01")
    category = "professional_and_higher"
    make(VacancyRate, category=category, continuing_percent=10, new_percent=50, starts_on="2019-01-01")


def act(post, kind, day, **changes):
    return act_on_post(
        actor=system_actor("tests"), row=post, kind=kind, effective_on=day, changes=changes, reason="Because."
    )


def test_a_post_established_in_july_costs_a_quarter_and_the_rest_later(rates):
    make(Post, grade="P-3", starts_on=date(2020, 7, 1))
    effect = cost_effect(PostAction.objects.all(), rates_on(date(2020, 12, 31)))
    assert effect.first_year_usd == Decimal("30000.00")
    assert effect.delayed_impact_usd == Decimal("108000.00") - Decimal("30000.00")


def test_a_reclassification_costs_the_difference_and_an_abolition_frees_all(rates):
    post = make(Post, grade="P-3", starts_on=date(2020, 1, 1))
    reclassified = act(post, "reclassify", date(2021, 1, 1), grade="P-4")
    abolished = act(post, "abolish", date(2021, 7, 15))
    found = rates_on(date(2021, 12, 31))
    assert cost_effect([reclassified], found).first_year_usd == Decimal("27000.00")
    assert cost_effect([reclassified], found).delayed_impact_usd == 0
    assert cost_effect([abolished], found).first_year_usd == Decimal("-56250.00")
    assert cost_effect([abolished], found).delayed_impact_usd == Decimal("-78750.00")


def test_a_missing_rate_is_named_and_not_guessed(rates):
    make(Post, grade="D-1", starts_on=date(2020, 7, 1))
    with pytest.raises(NoRate, match="D-1"):
        cost_effect(PostAction.objects.all(), rates_on(date(2020, 12, 31)))


def test_the_page_of_changes_tells_the_effect_or_what_is_missing(rates):
    house = stage()
    post = make(Post, grade="P-3", starts_on=date(2020, 7, 1))
    address = f"/staffing/changes/?of={post.establishment.pk}&since=2020-01-01&on=2020-12-31"
    page = house.clients["lord"].get(address).content.decode()
    assert "30,000.00" in page
    assert "78,000.00" in page
    make(Post, grade="D-1", starts_on=date(2020, 8, 1), establishment=post.establishment)
    assert "the grade D-1 has no standard cost" in house.clients["lord"].get(address).content.decode()
