"""What a roster of a week shows: shifts, what people bring along, what is needed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min

from meridian.engine.policies import Actor
from meridian.kernel.local_time import Edge, epoch_second, instant, zone_named
from meridian.registers.calendars.facade import working_time
from meridian.work.servicedesk.facade import Membership
from meridian.work.shifts.models import AgentSkill, CoverageNeed, Hub, Shift
from meridian.work.shifts.queries.duty import languages_of
from meridian.work.shifts.rules.coverage import HOUR, CoverageLine, Knowledge, Wanted, coverage

DAYS = 7


def zone_of(hub: Hub | None) -> ZoneInfo:
    """The zone of a hub; that of the whole desk is UTC."""
    return zone_named(hub.team.duty_station.zone if hub else "UTC")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins at a place."""
    return instant(epoch_second(datetime.combine(day, time()), zone, Edge.BEGINNING))


def week_of(monday: date, zone: ZoneInfo) -> list[datetime]:
    """The eight midnights around the seven days of a week."""
    return [midnight(monday + timedelta(days=each), zone) for each in range(DAYS + 1)]


def shifts_between(actor: Actor | None, teams: Iterable[int], start: datetime, end: datetime) -> list[Shift]:
    """The shifts of teams that meet a time; only those that the actor may see, where one is given."""
    rows = Shift.objects.all() if actor is None else Shift.objects.permitted(actor)
    found = rows.filter(team__in=list(teams), start_at__lt=end, end_at__gt=start)
    return list(found.select_related("person").order_by("start_at", "pk"))


def agents_of(team: int) -> dict[int, str]:
    """The people of a team by id, with their names, in the order of these."""
    rows = Membership.objects.filter(team=team, person__left_on__isnull=True).select_related("person")
    return {row.person_id: str(row.person) for row in rows.order_by("person__family_name", "person__pk")}


def knowledge_of(people: Iterable[int]) -> dict[int, Knowledge]:
    """What these people speak and can do."""
    keys = set(people)
    skills: dict[int, set[int]] = defaultdict(set)
    for person, skill in AgentSkill.objects.filter(person__in=keys).values_list("person", "skill"):
        skills[person].add(skill)
    return {
        person: Knowledge(languages, frozenset(skills[person]))
        for person, languages in languages_of(keys).items()
    }


def hours_between(start: datetime, end: datetime) -> list[datetime]:
    """The hours from one instant to another, as they pass."""
    count = int((end - start) / HOUR)
    return [start.astimezone(UTC) + each * HOUR for each in range(count)]


def wanted_of(hub: Hub | None, skill: int) -> list[Wanted]:
    """What is asked for: a hub's needs; of the whole desk somebody for each language, with the skill."""
    if hub is None:
        return [Wanted(code, skill, 1) for code, _name in settings.LANGUAGES]
    needs = CoverageNeed.objects.filter(team=hub.team_id).order_by("language", "skill")
    rows = [Wanted(need.language, need.skill_id or 0, need.least) for need in needs]
    return [row for row in rows if not skill or row.skill == skill]


def coverage_of(hub: Hub | None, skill: int, hours: Sequence[datetime]) -> list[CoverageLine]:
    """How what is wanted is covered hour by hour; outside of a hub's hours nobody is wanted."""
    hubs = [hub] if hub else list(Hub.objects.filter(is_active=True))
    shifts = shifts_between(None, [each.team_id for each in hubs], hours[0], hours[-1] + HOUR)
    spans = [(shift.person_id, shift.start_at, shift.end_at) for shift in shifts]
    knows = knowledge_of(shift.person_id for shift in shifts)
    schedule = working_time(hub.team.calendar_id) if hub else None
    # Of the time before the first shift nothing is known.
    known = Shift.objects.filter(team__in=[each.team_id for each in hubs]).aggregate(Min("start_at"))
    first = known["start_at__min"]
    is_open = {
        hour: (first is not None and hour + HOUR > first) and (schedule is None or schedule.is_open(hour))
        for hour in hours
    }
    return coverage(hours, spans, wanted_of(hub, skill), knows, is_open)
