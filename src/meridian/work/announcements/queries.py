"""Which announcements are out, and for whom."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
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


def about_services() -> QuerySet[Announcement]:
    """What everybody may read now about a service, the newest first."""
    addressed = Audience.objects.filter(announcement=OuterRef("pk"))
    rows = Announcement.objects.filter(~Exists(addressed), current(), service__isnull=False)
    return rows.select_related("service").order_by("-starts_at", "-pk")


def accounts_addressed(row: Announcement, after: int, most: int) -> list[int]:
    """The next open accounts of people to whom it is addressed, in the order of their keys."""
    today = timezone.localdate()
    accounts = get_user_model().objects.filter(
        pk__gt=after, is_active=True, person__isnull=False, person__left_on=None
    )
    paths = list(Audience.objects.filter(announcement=row).values_list("unit__path", flat=True))
    if paths:
        there = Q(pk__in=())
        for path in paths:
            there |= Q(unit__path__startswith=path)
        working = Affiliation.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=today), there, starts_on__lte=today
        )
        accounts = accounts.filter(person__in=working.values("person"))
    return list(accounts.order_by("pk").values_list("pk", flat=True)[:most])


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
