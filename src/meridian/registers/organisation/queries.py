"""Counts of units, for reports."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from meridian.registers.organisation.models import Unit


def count_ict_units_by_location_group(on: date) -> dict[str, int]:
    """How many units provided ICT on a day, by location group."""
    return dict(_providing_ict(on).order_by().values_list("location_group").annotate(Count("pk")))


def ict_units_of(location_group: str, on: date) -> QuerySet[Unit]:
    """The units that are counted for a location group, whoever asks."""
    return _providing_ict(on).filter(location_group=location_group)


def _providing_ict(on: date) -> QuerySet[Unit]:
    standing = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return Unit.objects.filter(standing, provides_ict=True)
