"""Which announcements are out, and for whom."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from meridian.engine.records import reference
from meridian.work.announcements.models import Announcement, Audience

Affiliation = reference("people.Affiliation")


def out() -> Q:
    """Published, and begun by now."""
    return Q(state=Announcement.State.PUBLISHED, starts_at__lte=timezone.now())


def current() -> Q:
    """Out, and not over yet."""
    return out() & (Q(ends_at=None) | Q(ends_at__gt=timezone.now()))


def addressed_to(person: int | None) -> Q:
    """For everybody, or for a unit in which the person works today, or for one above it."""
    to_units = Audience.objects.filter(announcement=OuterRef("pk"))
    everybody = Q(~Exists(to_units))
    if person is None:
        return everybody
    today = timezone.localdate()
    working = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today),
        person=person,
        starts_on__lte=today,
        unit__path__startswith=OuterRef("unit__path"),
    )
    return everybody | Q(Exists(to_units.filter(Exists(working))))
