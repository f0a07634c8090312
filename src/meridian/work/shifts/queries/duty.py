"""Who is on duty, at one team or everywhere; each in one or two statements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from meridian.work.servicedesk.facade import Membership, Person
from meridian.work.shifts.contracts import HubNow, HubRow, OnDuty
from meridian.work.shifts.models import Hub, Shift, Swap

# Whoever is there without a break for so long hands over to nobody.
EDGES_WITHIN = timedelta(days=7)


def on_duty(at: datetime, teams: Iterable[int] | None = None) -> list[OnDuty]:
    """Who is at work at an instant, at some teams or at all of them; leads first, then who stays longest."""
    rows = Shift.objects.filter(start_at__lte=at, end_at__gt=at)
    return _told(rows if teams is None else rows.filter(team__in=list(teams)))


def next_on_duty(at: datetime, team: int) -> list[OnDuty]:
    """Who is at work at a team at an instant, else whoever comes next."""
    now = on_duty(at, (team,))
    if now:
        return now
    coming = Shift.objects.filter(team=team, start_at__gt=at)
    first = coming.order_by("start_at").values_list("start_at", flat=True).first()
    return _told(coming.filter(start_at=first)) if first else []


def is_on_duty(person: int, at: datetime) -> bool:
    """Whether somebody is at work at an instant."""
    return Shift.objects.filter(person=person, start_at__lte=at, end_at__gt=at).exists()


def next_start(person: int, at: datetime) -> datetime | None:
    """When somebody next begins to work, or `at` while they are at work; None when no shift is known."""
    coming = Shift.objects.filter(person=person, end_at__gt=at).order_by("start_at")
    first = coming.values_list("start_at", flat=True).first()
    return None if first is None else max(first, at)


def leads_to_tell(at: datetime, team: int) -> list[int]:
    """Whom to tell at a team when something goes wrong: its leads on duty, else whoever is on duty, else its
    leads asleep, else everybody of it. Never nobody, while the team has people."""
    awake = on_duty(at, (team,))
    leading = [duty.person for duty in awake if duty.leads]
    if awake:
        return leading or [duty.person for duty in awake]
    members = Membership.objects.filter(team=team, person__left_on__isnull=True)
    leads = list(members.filter(is_lead=True).values_list("person", flat=True))
    return leads or list(members.values_list("person", flat=True))


def hubs() -> list[HubRow]:
    """The active hubs, by name of their code."""
    rows = Hub.objects.filter(is_active=True).select_related("team__duty_station").order_by("code")
    return [
        HubRow(row.pk, str(row.name), row.team_id, row.team.duty_station.zone, row.hands_over_to_id)
        for row in rows
    ]


def hubs_at(at: datetime) -> list[HubNow]:
    """Every active hub at an instant, in four statements whatever their number."""
    rows = hubs()
    if not rows:
        return []
    teams = [row.team for row in rows]
    awake: dict[int, list[OnDuty]] = defaultdict(list)
    for duty in on_duty(at, teams):
        awake[duty.team].append(duty)
    spoken = languages_of({duty.person for found in awake.values() for duty in found})
    ends, begins = _edges(at, teams)
    return [
        HubNow(
            row,
            tuple(awake[row.team]),
            tuple(sorted({said for duty in awake[row.team] for said in spoken.get(duty.person, ())})),
            ends.get(row.team),
            begins.get(row.team),
        )
        for row in rows
    ]


def languages_of(people: Iterable[int]) -> dict[int, frozenset[str]]:
    """Every language that these people speak."""
    rows = Person.objects.filter(pk__in=set(people)).values_list("pk", "language", "languages")
    return {person: frozenset([first, *others]) for person, first, others in rows}


def _edges(at: datetime, teams: Iterable[int]) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """By team until when somebody is there without a break, and when the next begins after that."""
    rows = Shift.objects.filter(team__in=list(teams), end_at__gt=at, start_at__lt=at + EDGES_WITHIN).order_by(
        "start_at", "end_at"
    )
    until: dict[int, datetime] = {}
    following: dict[int, datetime] = {}
    for team, start, end in rows.values_list("team", "start_at", "end_at"):
        if start <= until.get(team, at) and team not in following:
            until[team] = max(until.get(team, end), end)
        elif team not in following:
            following[team] = start
    return until, following


def _told(rows: QuerySet[Shift]) -> list[OnDuty]:
    leads = Membership.objects.filter(team=OuterRef("team"), person=OuterRef("person"), is_lead=True)
    found = rows.annotate(leads=Exists(leads)).order_by("-leads", "-end_at", "person")
    return [OnDuty(*row) for row in found.values_list("person", "team", "start_at", "end_at", "leads")]


def coming_shifts(person: int, at: datetime, most: int) -> list[Shift]:
    """The shift somebody is in, and the next ones."""
    rows = Shift.objects.filter(person=person, end_at__gt=at).select_related("team")
    return list(rows.order_by("start_at", "pk")[:most])


def open_swaps(person: int, at: datetime) -> list[Swap]:
    """What colleagues ask somebody to take over."""
    rows = Swap.objects.filter(taker=person, state=Swap.State.ASKED, end_at__gt=at)
    return list(rows.select_related("giver").order_by("start_at", "pk"))
