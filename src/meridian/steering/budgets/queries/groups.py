"""Sums of budget lines, for reports."""

from decimal import Decimal

from django.db.models import QuerySet, Sum

from meridian.steering.budgets.models import BudgetLine, BudgetVersion


def yearly_budget_by_location_group() -> dict[str, Decimal]:
    """The ICT budget in USD of the latest yearly version that has lines, by the unit's location group."""
    lines = _latest_lines().order_by()
    return dict(lines.values_list("unit__location_group").annotate(Sum("estimate_usd")))


def budget_lines_of(location_group: str) -> QuerySet[BudgetLine]:
    """The lines that are added for a location group, whoever asks."""
    return _latest_lines().filter(unit__location_group=location_group)


def _latest_lines() -> QuerySet[BudgetLine]:
    version = (
        BudgetVersion.objects.filter(period_kind="year", lines__isnull=False)
        .order_by("-start_year", "-pk")
        .first()
    )
    return BudgetLine.objects.filter(budget_version=version)
