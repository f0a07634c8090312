"""Counts of people, for reports."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from meridian.registers.people.models import Affiliation, Person


def count_ict_people_by_location_group(on: date) -> dict[str, int]:
    """How many people worked in ICT on a day, each once, by the location group of their unit."""
    counted = _in_ict(on).order_by()
    return dict(counted.values_list("unit__location_group").annotate(Count("person", distinct=True)))


def ict_people_of(location_group: str, on: date) -> QuerySet[Person]:
    """The people that are counted for a location group, whoever asks."""
    counted = _in_ict(on).filter(unit__location_group=location_group)
    return Person.objects.filter(pk__in=counted.values("person"))


def _in_ict(on: date) -> QuerySet[Affiliation]:
    running = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return Affiliation.objects.filter(running, works_in_ict=True)


def unit_of(person_id: int) -> tuple[int, str] | None:
    """The unit in which a person works today, with its path; of several the one begun last."""
    today = timezone.localdate()
    rows = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today), person=person_id, starts_on__lte=today
    )
    return rows.order_by("-starts_on", "-pk").values_list("unit", "unit__path").first()
