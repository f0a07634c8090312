"""Counts of units, for reports."""

from datetime import date

from django.db.models import Count, Q

from meridian.registers.organisation.models import Unit


def count_ict_units_by_location_group(on: date) -> dict[str, int]:
    """How many units provided ICT on a day, by location group."""
    standing = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    counted = Unit.objects.filter(standing, provides_ict=True).order_by()
    return dict(counted.values_list("location_group").annotate(Count("pk")))
