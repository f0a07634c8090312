"""Keeping the tree of units; the paths follow every move."""

from datetime import date
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, clean_row, command
from meridian.engine.policies import Actor
from meridian.registers.organisation.models import Unit


@command("organisation.unit.add", on=Unit)
def add_unit(*, actor: Actor, **fields: Any) -> Unit:
    """Add a unit below its parent, or as a root."""
    unit = Unit(**fields)
    clean_row(unit)
    unit.save()
    unit.path = _path_of(unit)
    unit.save(update_fields=("path",))
    return unit


@command("organisation.unit.change", on=Unit, target="row")
def change_unit(*, actor: Actor, row: Unit, **fields: Any) -> Unit:
    """Change a unit; when it moves, everything below it moves along. Refuses a ring."""
    earlier = row.path
    for name, value in fields.items():
        setattr(row, name, value)
    if row.parent and row.parent.path.startswith(earlier):
        raise Refusal(_("A unit can't be part of itself or of one of its own parts."), "parent")
    clean_row(row)
    row.path = _path_of(row)
    row.save()
    if row.path != earlier:
        Unit.objects.filter(path__startswith=earlier).exclude(pk=row.pk).update(
            path=Concat(Value(row.path), Substr(F("path"), len(earlier) + 1))
        )
    return row


@command("organisation.unit.remove", on=Unit, target="row")
def remove_unit(*, actor: Actor, row: Unit) -> None:
    """Remove a unit to which nothing refers."""
    row.delete()


def ensure_root(*, actor: Actor) -> int:
    """The id of the first unit that is part of no other; one is added to an empty register."""
    root = Unit.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True).first()
    if root is not None:
        return root
    name = {"en": "Organisation"}
    kind = Unit.Kind.ORGANISATION
    return add_unit(actor=actor, code="organisation", name=name, kind=kind, starts_on=date(1945, 10, 24)).pk


def _path_of(unit: Unit) -> str:
    return f"{unit.parent.path if unit.parent else ''}{unit.pk}/"
