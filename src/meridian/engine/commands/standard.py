"""Add, change and remove for models that need no more than their own constraints."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models

from meridian.engine.commands.checking import clean_row
from meridian.engine.commands.command import command
from meridian.engine.policies import Actor

Row = TypeVar("Row", bound=models.Model)


def standard_commands(model: type[models.Model]) -> tuple[Callable[..., Any], ...]:
    """The commands `add`, `change` and `remove` of a plain register, in that order.

    `add(actor=, **fields)` and `change(actor=, row=, **fields)` return the row;
    `remove(actor=, row=)` returns None. Many-to-many fields take lists of rows. A resource that says
    nothing has them by itself: they are made here only where the module's own code calls them.
    """
    return tuple(standard_command(model, verb) for verb in STANDARD)


def standard_command(model: type[models.Model], verb: str) -> Callable[..., Any]:
    """One of the three."""
    target = "" if verb == "add" else "row"
    return command(f"{model._meta.label_lower}.{verb}", on=model, target=target)(STANDARD[verb](model))


def _adding(model: type[models.Model]) -> Callable[..., Any]:
    def add(*, actor: Actor, **fields: Any) -> models.Model:
        return write_row(model(), fields)

    return add


def _changing(_model: type[models.Model]) -> Callable[..., Any]:
    def change(*, actor: Actor, row: models.Model, **fields: Any) -> models.Model:
        return write_row(row, fields)

    return change


def _removing(_model: type[models.Model]) -> Callable[..., Any]:
    def remove(*, actor: Actor, row: models.Model) -> None:
        row.delete()

    return remove


STANDARD = {"add": _adding, "change": _changing, "remove": _removing}


def write_row(row: Row, fields: Mapping[str, Any]) -> Row:
    """Set the fields, many-to-many among them, check the row and save it; a fault becomes a `Refusal`."""
    many = {field.name for field in row._meta.many_to_many}
    for name, value in fields.items():
        if name not in many:
            setattr(row, name, value)
    clean_row(row)
    row.save()
    for name in many & set(fields):
        getattr(row, name).set(fields[name])
    return row
