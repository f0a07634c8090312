"""The desks at another hour: yesterday from the event log, tomorrow from promises and opening hours."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from meridian.engine.policies import Actor
from meridian.registers.calendars.facade import working_times
from meridian.work.deskwatch.contracts import DueItem
from meridian.work.servicedesk.contracts import OPEN_STATES
from meridian.work.servicedesk.facade import Team, WorkItem

# Of what moved since, the first change says how it stood; what did not move stands as it stood.
WORK_THEN = """
WITH moved AS (
  SELECT id, team_id, state, opened_at FROM servicedesk_workitem WHERE updated_at > %(at)s
), changed AS (
  SELECT event.item_id,
    (array_agg(event.data #>> '{state,0}' ORDER BY event.sequence)
      FILTER (WHERE event.data ? 'state'))[1] AS state,
    (array_agg((event.data #>> '{team,0}')::bigint ORDER BY event.sequence)
      FILTER (WHERE event.data ? 'team'))[1] AS team_id,
    coalesce(bool_or(event.data ? 'team'), false) AS has_other_team
  FROM moved JOIN servicedesk_workevent AS event ON event.item_id = moved.id AND event.at > %(at)s
  GROUP BY event.item_id
), stood AS (
  SELECT team_id, state FROM servicedesk_workitem WHERE is_open AND updated_at <= %(at)s
  UNION ALL
  SELECT CASE WHEN changed.has_other_team THEN changed.team_id ELSE moved.team_id END,
    coalesce(changed.state, moved.state)
  FROM moved LEFT JOIN changed ON changed.item_id = moved.id WHERE moved.opened_at <= %(at)s
)
SELECT team_id, count(*) FILTER (WHERE state <> 'in_progress'), count(*) FILTER (WHERE state = 'in_progress')
FROM stood WHERE team_id IS NOT NULL AND state = ANY(%(open)s) GROUP BY team_id
"""
# Whatever came in since was touched since: that finds it by an index.
CAME_IN = """
SELECT date_trunc('hour', opened_at), count(*) FROM servicedesk_workitem
WHERE updated_at > %(since)s AND opened_at > %(since)s AND opened_at <= %(until)s GROUP BY 1
"""


def work_then(at: datetime) -> dict[int, tuple[int, int]]:
    """What waited and what was in hand at an instant that has passed, by the id of the team."""
    with connection.cursor() as cursor:
        cursor.execute(WORK_THEN, {"at": at, "open": [state.value for state in OPEN_STATES]})
        return {team: (waiting, in_hand) for team, waiting, in_hand in cursor.fetchall()}


def came_in_by_hour(since: datetime, until: datetime) -> dict[datetime, int]:
    """How many items came in, by the hour (UTC) in which they did."""
    with connection.cursor() as cursor:
        cursor.execute(CAME_IN, {"since": since, "until": until})
        return dict(cursor.fetchall())


def falling_due(now: datetime, until: datetime) -> list[DueItem]:
    """Open items of active desks that fall due after `now` and until an instant, the first ones first."""
    teams = dict(Team.objects.filter(kind=Team.Kind.DESK, is_active=True).values_list("pk", "calendar"))
    rows = WorkItem.objects.filter(is_open=True, due_at__gt=now, due_at__lte=until, team__in=teams)
    schedules = working_times(teams.values())
    return [
        # What is due at closing time is due while somebody is there.
        DueItem(item, team, due_at, not schedules[teams[team]].is_open(due_at - timedelta(seconds=1)))
        for item, team, due_at in rows.order_by("due_at", "pk").values_list("pk", "team", "due_at")
    ]


def open_desks_by_hour(hours: Iterable[datetime]) -> list[int]:
    """How many active desks are open at each of these instants."""
    calendars = list(
        Team.objects.filter(kind=Team.Kind.DESK, is_active=True).values_list("calendar", flat=True)
    )
    schedules = working_times(calendars)
    return [sum(schedules[calendar].is_open(hour) for calendar in calendars) for hour in hours]


def items_to_show(actor: Actor, items: Iterable[int]) -> dict[int, WorkItem]:
    """Those of the items whose work the actor may see, by id."""
    rows = WorkItem.objects.permitted(actor, "queue").filter(pk__in=list(items))
    return {row.pk: row for row in rows.only("number", "title", "priority", "due_at", "team")}
