"""Counts of desks and of requests, for reports."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from meridian.work.servicedesk.models import Team, WorkItem

YEAR = timedelta(days=365)


def count_desks_by_location_group() -> dict[str, int]:
    """How many active service desks there are, by the location group of their unit."""
    desks = Team.objects.filter(kind=Team.Kind.DESK, is_active=True).order_by()
    return dict(desks.values_list("unit__location_group").annotate(Count("pk")))


def last_opening() -> datetime | None:
    """When the latest incident or request was opened; None where there is none."""
    return WorkItem.objects.aggregate(latest=Max("opened_at"))["latest"]


def count_requests_by_location_group(until: datetime) -> dict[str, int]:
    """How many incidents and requests were opened in the year up to `until`, that instant included.

    They count where the requester works: by the location group of the unit to which the requester belongs
    on the day of `until`.
    """
    on: date = until.date()
    unit = "requester__affiliations__"
    belongs = Q(**{f"{unit}starts_on__lte": on}) & (
        Q(**{f"{unit}ends_on__isnull": True}) | Q(**{f"{unit}ends_on__gt": on})
    )
    opened = WorkItem.objects.filter(belongs, opened_at__gt=until - YEAR, opened_at__lte=until).order_by()
    return dict(opened.values_list(f"{unit}unit__location_group").annotate(Count("pk")))
