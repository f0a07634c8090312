"""Every desk at this minute, for whoever draws them on a map."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Q, Value, When

from meridian.engine.policies import NOBODY, Actor
from meridian.engine.policies.policy import permitted
from meridian.kernel.working_time import Schedule
from meridian.registers.calendars.facade import working_times
from meridian.work.deskwatch.contracts import DeskMark, NearDesk
from meridian.work.servicedesk.facade import Person, Team

SOON = timedelta(minutes=30)
WAITING_AND_IN_HAND = """
SELECT team_id, count(*) FILTER (WHERE state <> 'in_progress'), count(*) FILTER (WHERE state = 'in_progress')
FROM servicedesk_workitem WHERE is_open AND team_id IS NOT NULL GROUP BY team_id
"""


def desk_marks(
    now: datetime, actor: Actor, work: Mapping[int, tuple[int, int]] | None = None
) -> list[DeskMark]:
    """Every active desk with its place, whether it is open at `now`, its work, and whether the
    actor may open its queue. `work` by the id of the team stands for that of this minute.

    At most five statements, two when the calendars are known.
    """
    counts: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0), work or {})
    if work is None:
        with connection.cursor() as cursor:
            cursor.execute(WAITING_AND_IN_HAND)
            counts.update({team: (waiting, in_hand) for team, waiting, in_hand in cursor.fetchall()})
    teams = list(
        Team.objects.filter(kind=Team.Kind.DESK, is_active=True)
        .select_related("duty_station")
        .annotate(may_open=_opened_by(actor))
        .order_by("name")
    )
    schedules = working_times(team.calendar_id for team in teams)
    return [_mark(team, schedules[team.calendar_id], now, counts[team.pk]) for team in teams]


def desks_near(actor: Actor, now: datetime) -> list[NearDesk]:
    """The active desks of the actor's duty station, then the hubs; those that are open first."""
    own = Person.objects.none() if actor.person_id is None else Person.objects.filter(pk=actor.person_id)
    own_place = own.values("site__duty_station")
    desks = Team.objects.filter(Q(is_hub=True) | Q(duty_station__in=own_place), kind="desk", is_active=True)
    teams = list(desks.order_by("is_hub", "name"))
    schedules = working_times(team.calendar_id for team in teams)
    states = [(team, *_state(schedules[team.calendar_id], now)) for team in teams]
    near = [NearDesk(team.pk, team.name, state != "closed", changes) for team, state, changes in states]
    return sorted(near, key=lambda desk: not desk.is_open)


def desk_now(team_id: int, now: datetime) -> NearDesk | None:
    """One team at `now`: whether it is open, and when that changes; None where there is no such team."""
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        return None
    state, changes = _state(working_times((team.calendar_id,))[team.calendar_id], now)
    return NearDesk(team.pk, team.name, state != "closed", changes)


def _opened_by(actor: Actor) -> Any:
    mine = permitted(Team, actor, "queue")
    if mine in (Q(), NOBODY):
        return Value(mine == Q(), output_field=BooleanField())
    return Case(When(mine, then=True), default=False, output_field=BooleanField())


def _mark(team: Any, schedule: Schedule, now: datetime, counts: tuple[int, int]) -> DeskMark:
    state, changes_at = _state(schedule, now)
    station = team.duty_station
    return DeskMark(
        team=team.pk,
        code=team.code,
        name=team.name,
        place=str(station.name),
        place_code=station.code,
        latitude=float(station.latitude),
        longitude=float(station.longitude),
        zone=station.zone,
        is_hub=team.is_hub,
        state=state,
        changes_at=changes_at,
        waiting=counts[0],
        in_hand=counts[1],
        may_open=team.may_open,
    )


def _state(schedule: Schedule, now: datetime) -> tuple[str, datetime | None]:
    if not schedule.is_open(now):
        return "closed", schedule.next_opening(now)
    closes_at = schedule.next_closing(now)
    closing = closes_at is not None and closes_at - now <= SOON
    return ("closing" if closing else "open"), closes_at
