"""Rosters that were planned, taken over as rotations of a hub."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, command
from meridian.engine.policies import Actor
from meridian.work.servicedesk.facade import Membership
from meridian.work.shifts.commands.materialising import rebuild
from meridian.work.shifts.models import Hub, Rotation, RotationMember
from meridian.work.shifts.queries.duty import languages_of
from meridian.work.shifts.rules.plans import Group, UnreadRoster, groups_of, turns_of

WEEK_DAYS = 7


@command("shifts.hub.take_over", on=Hub, target="row")
def take_over(*, actor: Actor, row: Hub, roster: str, starts_on: date, plan: str = "", pool: str = "") -> Hub:
    """Take over a roster that `meridian plan desks --rosters --json` printed, from a Monday on.

    Its lines become rotations of the hub; what ran before ends the day before. Each week everybody moves to
    the next line.
    """
    if starts_on.isoweekday() != 1:
        raise Refusal(_("A planned week begins on a Monday: choose one."), "starts_on")
    try:
        groups = groups_of(roster, plan, pool)
    except UnreadRoster as fault:
        raise Refusal(_sentence(fault), fault.code if fault.code in ("plan", "pool") else "roster") from fault
    teams_of_lines = _people(row, groups)
    for rotation in Rotation.objects.filter(team=row.team_id):
        _end(rotation, starts_on)
    for number, (group, people) in enumerate(zip(groups, teams_of_lines, strict=True), start=1):
        _rotate(row, number, group, people, starts_on)
    rebuild(row.team_id)
    return row


def _people(hub: Hub, groups: Sequence[Group]) -> list[list[int]]:
    """Who works the lines of each group: agents who speak its languages, everybody in one group at most."""
    members = Membership.objects.filter(team=hub.team_id, person__left_on__isnull=True)
    free = list(members.order_by("pk").values_list("person", flat=True))
    spoken = languages_of(free)
    found: dict[int, list[int]] = {}
    # Who can do most is kept for what asks for most.
    for place, group in sorted(enumerate(groups), key=lambda each: -len(each[1].languages)):
        able = [person for person in free if spoken[person].issuperset(group.languages)]
        chosen = able[: len(group.lines)]
        if len(chosen) < len(group.lines):
            raise Refusal(
                _("The roster asks for %(lines)s people who speak %(languages)s; %(team)s has %(able)s left.")
                % {
                    "lines": len(group.lines),
                    "languages": ", ".join(group.languages) or "–",
                    "team": hub.team,
                    "able": len(able),
                },
                "roster",
            )
        found[place] = chosen
        free = [person for person in free if person not in chosen]
    return [found[place] for place in range(len(groups))]


def _end(rotation: Rotation, starts_on: date) -> None:
    """Let a rotation end before a day; one that would begin later is not needed any more."""
    last = starts_on - timedelta(days=1)
    if rotation.starts_on > last:
        rotation.delete()
    elif rotation.ends_on is None or rotation.ends_on > last:
        rotation.ends_on = last
        rotation.save()


def _rotate(hub: Hub, number: int, group: Group, people: Sequence[int], starts_on: date) -> None:
    zone = hub.team.duty_station.zone
    for place, line in enumerate(group.lines):
        for turn in turns_of(line, starts_on, zone):
            rotation = Rotation.objects.create(
                team_id=hub.team_id,
                name=f"{starts_on:%Y-%m-%d} {number}.{place + 1} {turn.begins:%H:%M}",
                zone=zone,
                starts_on=starts_on,
                begins=turn.begins,
                ends=turn.ends,
                weekdays=[str(day) for day in turn.weekdays],
                at_once=1,
                turn_days=WEEK_DAYS,
            )
            order = [*people[place:], *people[:place]]
            RotationMember.objects.bulk_create(
                [
                    RotationMember(rotation=rotation, place=at, person_id=person)
                    for at, person in enumerate(order, 1)
                ]
            )


def _sentence(fault: UnreadRoster) -> str:
    names = ", ".join(fault.names)
    sentences = {
        "shape": _("This is no roster: give what `meridian plan desks --rosters --json` printed."),
        "plan": _("Choose one of the plans of the file: %(names)s."),
        "pool": _("Choose one of the pools of the plan: %(names)s."),
    }
    return str(sentences[fault.code]) % {"names": names} if names else str(sentences[fault.code])
