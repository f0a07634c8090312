"""Counts of the application portfolio, for reports."""

from django.db.models import Count, Q

from meridian.holdings.applications.models import Application


def count_applications_by_location_group() -> dict[str, int]:
    """How many applications there are, retired ones left out, by the location group of the unit."""
    counted = (
        Application.objects.filter(~Q(state=Application.State.RETIRED))
        .order_by()
        .values_list("unit__location_group")
        .annotate(Count("pk"))
    )
    return dict(counted)
