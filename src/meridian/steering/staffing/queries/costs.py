"""What post actions cost in the year in which they take effect, and a full year later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from meridian.steering.staffing.models import PostAction, StandardCost, VacancyRate
from meridian.steering.staffing.rules.costs import (
    MONTHS,
    CostedPosts,
    PostRates,
    cost_usd,
    delayed_impact_usd,
)


@dataclass(frozen=True, slots=True)
class CostEffect:
    """USD: what the first calendar years cost more (or less), and what full years add to that."""

    first_year_usd: Decimal
    delayed_impact_usd: Decimal


def rates_on(on: date) -> PostRates:
    """The standard costs and vacancies in force on a day."""
    costs = StandardCost.objects.filter(starts_on__lte=on).order_by("starts_on")
    vacancies = VacancyRate.objects.filter(starts_on__lte=on).order_by("starts_on")
    rows = list(vacancies.values_list("category", "continuing_percent", "new_percent"))
    return PostRates(
        standard_cost_usd=dict(costs.values_list("grade", "yearly_cost_usd")),
        continuing_vacancy={category: continuing / 100 for category, continuing, _new in rows},
        new_vacancy={category: new / 100 for category, _continuing, new in rows},
    )


def costed(action: PostAction) -> list[CostedPosts]:
    """The post given up and the post gained, for the months that are left of the year.

    A month that has begun counts from the next one on. Only a post that is established is
    costed as new.
    """
    months = MONTHS + (action.effective_on.day == 1) - action.effective_on.month
    lines = []
    if action.from_grade:
        lines.append(CostedPosts(action.from_grade, action.from_category, -1, months))
    if action.to_grade:
        new = action.kind == "establish"
        lines.append(CostedPosts(action.to_grade, action.to_category, 1, months, new))
    return lines


def cost_effect(actions: Iterable[PostAction], rates: PostRates) -> CostEffect:
    """The effect of all actions together; `NoRate` where a grade or category has no rate."""
    lines = [line for action in actions for line in costed(action)]
    return CostEffect(cost_usd(lines, rates), delayed_impact_usd(lines, rates))
