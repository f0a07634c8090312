"""Who can be told at an hour: whose hours these are, and who is awake instead."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from meridian.kernel.working_time import ALWAYS_OPEN, Schedule
from meridian.registers.calendars.facade import working_times
from meridian.work.service_levels.models import Clock, Escalation
from meridian.work.servicedesk.facade import Membership, Team
from meridian.work.shifts.facade import hubs, next_start, on_duty

MOST_INSTEAD = 10


class Turn(NamedTuple):
    """Somebody to be told and when; `instead` of somebody who sleeps."""

    person: int
    call_at: datetime
    instead: bool = False


def turns_of(clock: Clock, rule: Escalation, now: datetime) -> list[Turn]:
    """Whom a rule tells of a clock that has passed its threshold, each at an hour that is theirs."""
    people = _meant(clock, rule)
    if rule.when == Escalation.When.AT_ONCE:
        return [Turn(person, now) for person in people]
    schedules = hours_of(people, clock.team_id)
    turns = [Turn(person, _next_hour(person, schedules[person], now)) for person in people]
    waits = not any(turn.call_at <= now for turn in turns)
    if rule.when == Escalation.When.AWAKE and waits:
        return turns + [
            Turn(person, now, True) for person in awake(clock.team_id, now) if person not in people
        ]
    return turns


def _next_hour(person: int, schedule: Schedule, now: datetime) -> datetime:
    """When somebody is next at work: by their shifts where they have any, else by their hours."""
    return next_start(person, now) or schedule.next_opening(now) or now


def _meant(clock: Clock, rule: Escalation) -> list[int]:
    if clock.item is None:
        return list(clock.people)
    members = _members(clock.item.team_id if clock.kind == "sla" else clock.team_id)
    if rule.whom == Escalation.Whom.ASSIGNEE:
        assignee = clock.item.assignee_id
        # What nobody has is the whole team's.
        return [assignee] if assignee is not None else [person for person, _is_lead in members]
    wanted = rule.whom == Escalation.Whom.TEAM
    return [person for person, is_lead in members if wanted or is_lead]


def _members(team: int | None) -> list[tuple[int, bool]]:
    rows = Membership.objects.filter(team=team, person__left_on__isnull=True).order_by("-is_lead", "person")
    return list(rows.values_list("person", "is_lead"))


def hours_of(people: Iterable[int], team: int | None) -> dict[int, Schedule]:
    """When each works: by the calendar of the team, of another team of theirs who isn't in it; always for
    who is in none."""
    rows = list(
        Membership.objects.filter(person__in=list(people))
        .order_by("pk")
        .values_list("person", "team", "team__calendar")
    )
    schedules = working_times(calendar for _person, _team, calendar in rows)
    found: dict[int, Schedule] = dict.fromkeys(people, ALWAYS_OPEN)
    for person, _other, calendar in sorted(rows, key=lambda row: row[1] == team):
        found[person] = schedules[calendar]
    return found


def awake(team: int | None, at: datetime) -> list[int]:
    """Who is there at an hour for the work of a team: who is on duty at the team or at a hub, leads before
    others; where no shifts are known, who leads the hubs that are open then, or all of their people."""
    duties = (on_duty(at, (team,)) if team else []) or on_duty(at, [hub.team for hub in hubs()])
    if duties:
        leads = [duty.person for duty in duties if duty.leads]
        return (leads or [duty.person for duty in duties])[:MOST_INSTEAD]
    open_hubs = Team.objects.filter(is_hub=True, is_active=True).order_by("pk").values_list("pk", "calendar")
    schedules = working_times(calendar for _hub, calendar in open_hubs)
    for hub, calendar in open_hubs:
        if schedules[calendar].is_open(at):
            members = _members(hub)
            leads = [person for person, is_lead in members if is_lead]
            return (leads or [person for person, _is_lead in members])[:MOST_INSTEAD]
    return []


def is_anybody_there(team: int | None, at: datetime) -> bool:
    """Whether the team is open at an hour, or somebody is awake for it."""
    calendars = list(Team.objects.filter(pk__in=[team] if team else []).values_list("calendar", flat=True))
    schedules = working_times(calendars)
    return any(schedules[key].is_open(at) for key in calendars) or bool(awake(team, at))
