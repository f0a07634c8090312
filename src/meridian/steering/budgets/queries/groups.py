"""Sums of budget lines, for reports."""

from decimal import Decimal

from django.db.models import Sum

from meridian.steering.budgets.models import BudgetLine, BudgetVersion


def yearly_budget_by_location_group() -> dict[str, Decimal]:
    """The ICT budget in USD of the latest yearly version that has lines, by the unit's location group."""
    version = (
        BudgetVersion.objects.filter(period_kind="year", lines__isnull=False)
        .order_by("-start_year", "-pk")
        .first()
    )
    lines = BudgetLine.objects.filter(budget_version=version).order_by()
    return dict(lines.values_list("unit__location_group").annotate(Sum("estimate_usd")))
