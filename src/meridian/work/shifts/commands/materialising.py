"""Shifts follow from rotations and changes: 90 days ahead, made anew where they have not ended."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.kernel.local_time import instant
from meridian.work.servicedesk.facade import Team
from meridian.work.shifts.models import Absence, Override, Rotation, RotationMember, Shift, Swap
from meridian.work.shifts.rules.rotations import INSTEAD, Change, Rule, duties

AHEAD = timedelta(days=90)
# A shift that has not ended may have begun on the local day before yesterday's UTC day.
BEFORE = timedelta(days=2)
Row = tuple[int, datetime, datetime, str, int | None]


class Rebuilt(NamedTuple):
    """How many shifts were added, removed and kept as they were."""

    added: int
    removed: int
    kept: int


@command("shifts.shift.rebuild", on=Shift, title=_("make the shifts of a team anew"))
def rebuild_shifts(*, actor: Actor, team: Team) -> Rebuilt:
    """Make the shifts of a team anew where they have not ended, 90 days ahead."""
    return rebuild(team.pk)


def rebuild(team: int) -> Rebuilt:
    """The same within another command. What has ended stays as it was worked."""
    # Two rules of one team that change at once are worked out one after the other.
    Team.objects.select_for_update(no_key=True).get(pk=team)
    now = timezone.now()
    wanted = set(_wanted(team, now))
    columns = ("pk", "person", "start_at", "end_at", "source", "rotation")
    stored: dict[Row, int] = {}
    doubled: list[int] = []
    for key, *row in Shift.objects.filter(team=team, end_at__gt=now).values_list(*columns):
        known = (row[0], row[1], row[2], row[3], row[4])
        if known in stored:
            doubled.append(key)
        else:
            stored[known] = key
    gone = doubled + [key for row, key in stored.items() if row not in wanted]
    if gone:
        Shift.objects.filter(pk__in=gone).delete()
    fresh = sorted(wanted - stored.keys(), key=lambda row: (row[1], row[0], row[2]))
    Shift.objects.bulk_create([_shift(team, row) for row in fresh])
    return Rebuilt(len(fresh), len(gone), len(wanted) - len(fresh))


def rebuild_for(person: int) -> None:
    """Make the shifts anew of every team at which this person takes turns or was put on duty."""
    teams = set(RotationMember.objects.filter(person=person).values_list("rotation__team", flat=True))
    teams |= set(Override.objects.filter(person=person).values_list("team", flat=True))
    teams |= set(Swap.objects.filter(taker=person).values_list("team", flat=True))
    for team in sorted(teams):
        rebuild(team)


def _shift(team: int, row: Row) -> Shift:
    person, start_at, end_at, source, rotation = row
    return Shift(
        team_id=team,
        person_id=person,
        start_at=start_at,
        end_at=end_at,
        source=source,
        rotation_id=rotation,
    )


def _wanted(team: int, now: datetime) -> Iterable[Row]:
    horizon = now + AHEAD
    rules, changes = rules_of(team), changes_of(team, now)
    people = {member for rule in rules for member in rule.members} | {each.person for each in changes}
    absences = Absence.objects.filter(person__in=people, end_at__gt=now - BEFORE, start_at__lt=horizon)
    spans = absences.order_by("pk").values_list("person", "start_at", "end_at")
    away = [(person, _second(start), _second(end)) for person, start, end in spans]
    first, last = now.astimezone(UTC).date() - BEFORE, horizon.astimezone(UTC).date()
    for duty in duties(rules, changes, away, first, last):
        if duty.end > _second(now):
            yield (
                duty.person,
                instant(duty.begin),
                instant(duty.end),
                duty.source,
                duty.rule or None,
            )


def rules_of(team: int) -> list[Rule]:
    """The rotations of a team as they are reckoned with; who has left takes no turns any more."""
    members: dict[int, list[int]] = defaultdict(list)
    places = RotationMember.objects.filter(rotation__team=team, person__left_on__isnull=True)
    for rotation, person in places.order_by("place", "pk").values_list("rotation", "person"):
        members[rotation].append(person)
    return [
        Rule(
            key=row.pk,
            layer=row.layer,
            zone=row.zone,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            weekdays=frozenset(map(int, row.weekdays)),
            every_weeks=row.every_weeks,
            begins=row.begins,
            ends=row.ends,
            members=tuple(members[row.pk]),
            at_once=row.at_once,
            turn_days=row.turn_days,
        )
        for row in Rotation.objects.filter(team=team).order_by("pk")
    ]


def changes_of(team: int, now: datetime) -> list[Change]:
    """What a lead and colleagues changed, in the order in which it was made or accepted."""
    since = Q(team=team, end_at__gt=now - BEFORE)
    made = []
    for row in Override.objects.filter(since):
        span = _second(row.start_at), _second(row.end_at)
        change = Change(row.pk, "override", row.way, row.person_id, row.instead_of_id, *span)
        made.append((row.made_at, change))
    for swap in Swap.objects.filter(since, state=Swap.State.ACCEPTED):
        span = _second(swap.start_at), _second(swap.end_at)
        change = Change(swap.pk, "swap", INSTEAD, swap.taker_id, swap.giver_id, *span)
        made.append((swap.answered_at or swap.start_at, change))
    ordered = sorted(made, key=lambda each: (each[0], each[1].source, each[1].key))
    return [change for _at, change in ordered]


def _second(at: datetime) -> int:
    return int(at.timestamp())
