"""Sums of budget lines, for reports."""

from decimal import Decimal

from django.db.models import Max, Sum

from meridian.steering.budgets.models import YearlyLine


def yearly_budget_by_location_group() -> dict[str, Decimal]:
    """The ICT budget in USD of the latest year that has lines, by the location group of the unit."""
    year = YearlyLine.objects.aggregate(latest=Max("year"))["latest"]
    lines = YearlyLine.objects.filter(year=year).order_by()
    return dict(lines.values_list("unit__location_group").annotate(Sum("amount_usd")))
