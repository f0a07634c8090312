"""Counts of desks and requests, for reports."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Max

from meridian.work.servicedesk.models import Team, WorkItem

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


def count_desks_by_location_group() -> dict[str, int]:
    """How many active service desks there are, by the location group of their unit."""
    desks = Team.objects.filter(kind=Team.Kind.DESK, is_active=True).order_by()
    return dict(desks.values_list("unit__location_group").annotate(Count("pk")))


def count_requests_by_location_group(until: datetime) -> dict[str, int]:
    """How many items were opened in the 365 days up to `until`, by the location group of the unit
    whose team took them in, wherever they went afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(REQUESTS_BY_DESK, [until - YEAR, until])
        return dict(cursor.fetchall())
