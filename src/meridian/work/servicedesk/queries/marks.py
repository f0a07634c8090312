"""Every desk at this minute, for whoever draws them on a map."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection

from meridian.kernel.working_time import Schedule
from meridian.registers.calendars.facade import working_times
from meridian.work.servicedesk.contracts import DeskMark
from meridian.work.servicedesk.models import Team

SOON = timedelta(minutes=30)
WAITING_AND_IN_HAND = """
SELECT team_id, count(*) FILTER (WHERE state <> 'in_progress'), count(*) FILTER (WHERE state = 'in_progress')
FROM servicedesk_workitem WHERE is_open AND team_id IS NOT NULL GROUP BY team_id
"""


def desk_marks(now: datetime) -> list[DeskMark]:
    """Every active desk with its place, whether it is open at `now`, and its work.

    At most five statements, two when the calendars are known.
    """
    counts: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    with connection.cursor() as cursor:
        cursor.execute(WAITING_AND_IN_HAND)
        counts.update({team: (waiting, in_hand) for team, waiting, in_hand in cursor.fetchall()})
    teams = list(
        Team.objects.filter(kind=Team.Kind.DESK, is_active=True)
        .select_related("duty_station")
        .order_by("name")
    )
    schedules = working_times(team.calendar_id for team in teams)
    return [_mark(team, schedules[team.calendar_id], now, counts[team.pk]) for team in teams]


def _mark(team: Team, schedule: Schedule, now: datetime, counts: tuple[int, int]) -> DeskMark:
    state, changes_at = _state(schedule, now)
    station = team.duty_station
    return DeskMark(
        team=team.pk,
        code=team.code,
        name=team.name,
        place=str(station.name),
        latitude=float(station.latitude),
        longitude=float(station.longitude),
        zone=station.zone,
        is_hub=team.is_hub,
        state=state,
        changes_at=changes_at,
        waiting=counts[0],
        in_hand=counts[1],
    )


def _state(schedule: Schedule, now: datetime) -> tuple[str, datetime | None]:
    if not schedule.is_open(now):
        return "closed", schedule.next_opening(now)
    closes_at = schedule.next_closing(now)
    closing = closes_at is not None and closes_at - now <= SOON
    return ("closing" if closing else "open"), closes_at
