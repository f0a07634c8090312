"""Counts of the application portfolio, for reports."""

from django.db.models import Count, Q, QuerySet

from meridian.holdings.applications.models import Application


def count_applications_by_location_group() -> dict[str, int]:
    """How many applications there are, retired ones left out, by the location group of the unit."""
    counted = _kept().order_by().values_list("unit__location_group").annotate(Count("pk"))
    return dict(counted)


def applications_of(location_group: str) -> QuerySet[Application]:
    """The applications that are counted for a location group, whoever asks."""
    return _kept().filter(unit__location_group=location_group)


def _kept() -> QuerySet[Application]:
    return Application.objects.filter(~Q(state=Application.State.RETIRED))
