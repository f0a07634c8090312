"""Counts of computing facilities, for reports."""

from django.db.models import Count, Q

from meridian.holdings.facilities.models import Facility


def count_facilities_by_location_group() -> dict[str, int]:
    """How many data centres and server rooms are not closed, by the location group of the unit."""
    counted = (
        Facility.objects.filter(~Q(state=Facility.State.CLOSED))
        .order_by()
        .values_list("unit__location_group")
        .annotate(Count("pk"))
    )
    return dict(counted)
