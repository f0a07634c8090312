"""Writing rotations, and what a lead changes: the shifts follow in the same transaction."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command, write_row
from meridian.engine.policies import Actor
from meridian.engine.records import Record
from meridian.work.servicedesk.facade import Membership, Person
from meridian.work.shifts.commands.materialising import rebuild, rebuild_for
from meridian.work.shifts.models import Absence, Override, Rotation, RotationMember

STRANGER = _("This person is no agent of the team: add them to the team first.")


def refuse_stranger(team: int, person: int, field: str) -> None:
    """Refuse who is no agent of the team."""
    if not Membership.objects.filter(team=team, person=person).exists():
        raise Refusal(STRANGER, field)


@command("shifts.rotation.add", on=Rotation)
def add_rotation(*, actor: Actor, **fields: Any) -> Rotation:
    """Let people of a team take turns; without members it makes no shifts yet."""
    return _with_shifts(write_row(Rotation(), fields))


@command("shifts.rotation.change", on=Rotation, target="row")
def change_rotation(*, actor: Actor, row: Rotation, **fields: Any) -> Rotation:
    """Change a rotation; shifts that have not ended follow."""
    if _is_so_already(row, fields):
        return row
    before = row.team_id
    row = write_row(row, fields)
    if row.team_id != before:
        rebuild(before)
    return _with_shifts(row)


@command("shifts.rotation.remove", on=Rotation, target="row")
def remove_rotation(*, actor: Actor, row: Rotation) -> None:
    """Remove a rotation with the shifts that have not ended."""
    team = row.team_id
    row.delete()
    rebuild(team)


@command("shifts.rotationmember.add", on=RotationMember)
def add_member(*, actor: Actor, **fields: Any) -> RotationMember:
    """Let a person take turns."""
    return _with_member(RotationMember(), fields)


@command("shifts.rotationmember.change", on=RotationMember, target="row")
def change_member(*, actor: Actor, row: RotationMember, **fields: Any) -> RotationMember:
    """Give a place to another person, or a person another place."""
    return _with_member(row, fields)


@command("shifts.rotationmember.remove", on=RotationMember, target="row")
def remove_member(*, actor: Actor, row: RotationMember) -> None:
    """Let a person take no turns any more."""
    team = row.rotation.team_id
    row.delete()
    rebuild(team)


@command("shifts.rotation.set_members", on=Rotation, target="row", title=_("name the members"))
def set_members(*, actor: Actor, row: Rotation, people: list[Person]) -> Rotation:
    """Let these people take turns, in this order, and nobody else."""
    known = set(Membership.objects.filter(team=row.team_id).values_list("person", flat=True))
    for person in people:
        if person.pk not in known:
            raise Refusal(STRANGER, "people")
    row.members.all().delete()
    RotationMember.objects.bulk_create(
        [RotationMember(rotation=row, place=place, person=person) for place, person in enumerate(people, 1)]
    )
    return _with_shifts(row)


@command("shifts.override.add", on=Override)
def add_override(*, actor: Actor, **fields: Any) -> Override:
    """Put somebody on duty, whatever the rotations say."""
    return _with_override(Override(), fields)


@command("shifts.override.change", on=Override, target="row")
def change_override(*, actor: Actor, row: Override, **fields: Any) -> Override:
    """Change what was put over the rotations."""
    before = row.team_id
    row = _with_override(row, fields)
    if row.team_id != before:
        rebuild(before)
    return row


@command("shifts.override.remove", on=Override, target="row")
def remove_override(*, actor: Actor, row: Override) -> None:
    """Let the rotations hold again."""
    team = row.team_id
    row.delete()
    rebuild(team)


@command("shifts.absence.add", on=Absence)
def add_absence(*, actor: Actor, **fields: Any) -> Absence:
    """Note that somebody is away; their shifts of that time have nobody until somebody is put there."""
    return _with_absence(Absence(), fields)


@command("shifts.absence.change", on=Absence, target="row")
def change_absence(*, actor: Actor, row: Absence, **fields: Any) -> Absence:
    """Change from when until when somebody is away."""
    before = row.person_id
    row = _with_absence(row, fields)
    if row.person_id != before:
        rebuild_for(before)
    return row


@command("shifts.absence.remove", on=Absence, target="row")
def remove_absence(*, actor: Actor, row: Absence) -> None:
    """Note that somebody is not away after all."""
    person = row.person_id
    row.delete()
    rebuild_for(person)


def _is_so_already(row: Record, fields: dict[str, Any]) -> bool:
    """Whether a change changes nothing: then no shift is made anew either."""
    return row.pk is not None and all(getattr(row, name) == value for name, value in fields.items())


def _with_shifts(row: Rotation) -> Rotation:
    rebuild(row.team_id)
    return row


def _with_member(row: RotationMember, fields: dict[str, Any]) -> RotationMember:
    if _is_so_already(row, fields):
        return row
    before = row.rotation.team_id if row.pk else None
    row = write_row(row, fields)
    team = row.rotation.team_id
    refuse_stranger(team, row.person_id, "person")
    if before not in (None, team):
        rebuild(before)
    rebuild(team)
    return row


def _with_override(row: Override, fields: dict[str, Any]) -> Override:
    if _is_so_already(row, fields):
        return row
    row = write_row(row, fields)
    refuse_stranger(row.team_id, row.person_id, "person")
    rebuild(row.team_id)
    return row


def _with_absence(row: Absence, fields: dict[str, Any]) -> Absence:
    if _is_so_already(row, fields):
        return row
    row = write_row(row, fields)
    rebuild_for(row.person_id)
    return row
