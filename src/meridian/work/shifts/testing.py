"""Rosters in tests: who takes turns or is put on duty belongs to the team."""

import datetime
from typing import Any

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor
from meridian.work.servicedesk.facade import Membership, Person, Team
from meridian.work.shifts.commands.materialising import rebuild_shifts
from meridian.work.shifts.commands.rotations import add_member, add_rotation
from meridian.work.shifts.models import Absence, Hub, Override, Rotation, RotationMember, Shift, Swap

TESTS = system_actor("tests")
START = datetime.datetime(2026, 3, 2, 8, tzinfo=datetime.UTC)
END = START + datetime.timedelta(hours=8)
DAY = datetime.date(2026, 3, 2)


def rotate(team: Team, people: list[Any], **fields: Any) -> Rotation:
    """A rotation of these agents, who become agents of the team; around the clock in UTC unless said."""
    given = {"name": f"Turns of {len(people)}", "zone": "UTC", "begins": "00:00", "ends": "00:00"}
    start = {"starts_on": datetime.date(2026, 1, 5)}
    rotation = add_rotation(actor=TESTS, team=team, **{**given, **start, **fields})
    for place, person in enumerate(people, start=1):
        join(team, person)
        add_member(actor=TESTS, rotation=rotation, place=place, person=person)
    return rotation


def join(team: Team, person: Any, *, leads: bool = False) -> None:
    """Make somebody an agent of a team."""
    with trail.entry("testing.arrange", TESTS):
        Membership.objects.get_or_create(team=team, person=person, defaults={"is_lead": leads})


def on_shift(team: Team, person: Any, start: datetime.datetime, end: datetime.datetime) -> Shift:
    """A shift as it would have been made."""
    join(team, person)
    with trail.entry("testing.arrange", TESTS):
        return Shift.objects.create(team=team, person=person, start_at=start, end_at=end)


def rebuild(team: Team) -> Any:
    return rebuild_shifts(actor=TESTS, team=team)


def _member(make: Any, number: int, **values: Any) -> RotationMember:
    rotation = values.pop("rotation", None) or make(Rotation)
    person = values.pop("person", None) or make(Person)
    Membership.objects.get_or_create(team=rotation.team, person=person)
    return RotationMember.objects.create(rotation=rotation, person=person, place=number % 30_000, **values)


def _override(make: Any, number: int, **values: Any) -> Override:
    team, person = values.pop("team", None) or make(Team), values.pop("person", None) or make(Person)
    Membership.objects.get_or_create(team=team, person=person)
    return Override.objects.create(
        **{"team": team, "person": person, "start_at": START, "end_at": END} | values
    )


FACTORIES = {
    Hub: {"code": lambda number: f"HUB-{number}"},
    Rotation: {
        "name": lambda number: f"Turns {number}",
        "zone": "Africa/Nairobi",
        "starts_on": DAY,
        "begins": datetime.time(8),
        "ends": datetime.time(16),
    },
    RotationMember: _member,
    Shift: {"start_at": START, "end_at": END},
    Override: _override,
    Swap: {"start_at": START, "end_at": END},
    Absence: {"start_at": START, "end_at": END},
}
