"""Counts of computing facilities, for reports."""

from django.db.models import Count, Q, QuerySet

from meridian.holdings.facilities.models import Facility


def count_facilities_by_location_group() -> dict[str, int]:
    """How many data centres and server rooms are not closed, by the location group of the unit."""
    counted = _kept().order_by().values_list("unit__location_group").annotate(Count("pk"))
    return dict(counted)


def facilities_of(location_group: str) -> QuerySet[Facility]:
    """The facilities that are counted for a location group, whoever asks."""
    return _kept().filter(unit__location_group=location_group)


def _kept() -> QuerySet[Facility]:
    return Facility.objects.filter(~Q(state=Facility.State.CLOSED))
