"""Counts of people, for reports."""

from datetime import date

from django.db.models import Count, Q

from meridian.registers.people.models import Affiliation


def count_ict_people_by_location_group(on: date) -> dict[str, int]:
    """How many people worked in ICT on a day, each once, by the location group of their unit."""
    running = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    counted = Affiliation.objects.filter(running, works_in_ict=True).order_by()
    return dict(counted.values_list("unit__location_group").annotate(Count("person", distinct=True)))
