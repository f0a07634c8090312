"""Costs, needs and likeness."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.steering.staffing.rules.costs import (
    CostedPosts,
    NoRate,
    PostRates,
    cost_usd,
    delayed_impact_usd,
)
from meridian.steering.staffing.rules.likeness import suggestions
from meridian.steering.staffing.rules.needs import Norm, exact_needs, gaps

RATES = PostRates(
    standard_cost_usd={"P-3": Decimal(180000), "GS-OL": Decimal("91000.55")},
    continuing_vacancy={"professional_and_higher": Decimal("0.08"), "general_service": Decimal("0.05")},
    new_vacancy={"professional_and_higher": Decimal("0.5"), "general_service": Decimal("0.35")},
)


def test_a_new_post_costs_half_and_its_delayed_impact_is_the_rest():
    line = CostedPosts("P-3", "professional_and_higher", 2, 6, new=True)
    assert cost_usd([line], RATES) == Decimal("90000.00")
    assert delayed_impact_usd([line], RATES) == 2 * Decimal("180000") * Decimal("0.92") - Decimal(90000)


@given(st.integers(-20, 20), st.integers(0, 12), st.booleans())
def test_the_first_period_and_the_delayed_impact_make_a_full_year(count, months, new):
    line = CostedPosts("GS-OL", "general_service", count, months, new)
    full = CostedPosts("GS-OL", "general_service", count, 12)
    difference = cost_usd([line], RATES) + delayed_impact_usd([line], RATES) - cost_usd([full], RATES)
    assert abs(difference) <= Decimal("0.01")


def test_a_grade_without_a_rate_is_named():
    with pytest.raises(NoRate, match="D-9"):
        cost_usd([CostedPosts("D-9", "professional_and_higher", 1, 12)], RATES)
    with pytest.raises(ValueError, match="months"):
        cost_usd([CostedPosts("P-3", "professional_and_higher", 1, 13)], RATES)


def test_needs_are_the_greater_of_minimum_and_drivers():
    norms = [
        Norm("agent", "users", Decimal(100)),
        Norm("agent", "sites", Decimal(3), 2),
        Norm("chief", "users", Decimal(9999), 1),
    ]
    exact = exact_needs(norms, {"users": Decimal(250), "sites": Decimal(1)})
    assert exact == {"agent": Fraction(5, 2) + Fraction(1, 3), "chief": Fraction(1)}
    found = {gap.role: gap for gap in gaps(exact, {"agent": 5, "cook": 1})}
    assert (found["agent"].needed, found["agent"].gap) == (3, 2)
    assert (found["chief"].needed, found["chief"].gap) == (1, -1)
    assert (found["cook"].needed, found["cook"].gap) == (0, 1)
    assert sum(gap.needed for gap in found.values()) == 4


def test_a_title_finds_its_role_in_spite_of_spelling():
    examples = {
        "network": ["Network engineer", "Ingénieur réseau"],
        "desk": ["Service desk agent", "Help desk assistant"],
        "database": ["Database administrator"],
    }
    titles = ["Sr. Netwk Engineer", "HELPDESK ASST.", "Data base admin", "", "Ingénieur principal réseau"]
    answers = suggestions(titles, examples)
    assert [found[0][0] if found else None for found in answers] == [
        "network", "desk", "database", None, "network",
    ]  # fmt: skip
    assert all(0 < likeness <= 1.000001 for found in answers for _role, likeness in found)
    assert suggestions(["Network engineer"], examples)[0][0][1] == pytest.approx(1)
