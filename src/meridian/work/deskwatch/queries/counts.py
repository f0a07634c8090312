"""Counts of desks and requests, for reports."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import BigIntegerField, Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from meridian.work.servicedesk.contracts import State
from meridian.work.servicedesk.facade import Team, WorkEvent, WorkItem

YEAR = timedelta(days=365)
REQUESTS_BY_DESK = """
SELECT unit.location_group, count(*)
FROM servicedesk_workitem AS item
JOIN servicedesk_workevent AS opening ON opening.item_id = item.id AND opening.sequence = 1
JOIN servicedesk_team AS team ON team.id = (opening.data #>> '{team,1}')::bigint
JOIN organisation_unit AS unit ON unit.id = team.unit_id
WHERE item.opened_at > %s AND item.opened_at <= %s
GROUP BY unit.location_group
"""


def last_opening() -> datetime | None:
    """When the latest item was opened; None before the first."""
    return WorkItem.objects.aggregate(last=Max("opened_at"))["last"]


def service_desks() -> QuerySet[Team]:
    """Every active service desk, whoever asks."""
    return Team.objects.filter(kind=Team.Kind.DESK, is_active=True)


def open_work_of_desks(*, in_hand: bool) -> QuerySet[WorkItem]:
    """The open items of every active service desk that are in hand, or that wait, whoever asks."""
    items = WorkItem.objects.filter(is_open=True, team__in=service_desks())
    begun = {"state": State.IN_PROGRESS}
    return items.filter(**begun) if in_hand else items.exclude(**begun)


def requests_of_year(until: datetime, location_group: str) -> QuerySet[WorkItem]:
    """The items that `count_requests_by_location_group` counts for a group, whoever asks."""
    opening = WorkEvent.objects.filter(item=OuterRef("pk"), sequence=1)
    taken_in_by = opening.values(
        team=Cast(KeyTextTransform(1, KeyTextTransform("team", "data")), BigIntegerField())
    )
    items = WorkItem.objects.filter(opened_at__gt=until - YEAR, opened_at__lte=until)
    teams = Team.objects.filter(unit__location_group=location_group)
    return items.annotate(taken_in_by=Subquery(taken_in_by)).filter(taken_in_by__in=teams.values("pk"))


def count_desks_by_location_group() -> dict[str, int]:
    """How many active service desks there are, by the location group of their unit."""
    return dict(service_desks().order_by().values_list("unit__location_group").annotate(Count("pk")))


def count_requests_by_location_group(until: datetime) -> dict[str, int]:
    """How many items were opened in the 365 days up to `until`, by the location group of the unit
    whose team took them in, wherever they went afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(REQUESTS_BY_DESK, [until - YEAR, until])
        return dict(cursor.fetchall())
