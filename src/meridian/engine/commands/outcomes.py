"""What a command did: which fields of its row differ now. A change that differs in nothing is none."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models

from meridian.engine.audit import trail
from meridian.engine.policies import Actor


@dataclass(frozen=True, slots=True)
class Outcome:
    """A command as it ended: the row acted on or made, and its fields that differ from before.

    Without fields the row stayed as it was; of a row that is gone all of them differ.
    """

    command: str
    row: models.Model
    fields: tuple[str, ...]


class Unchanged(Exception):
    """Leaves the transaction of a change that changed nothing, so that no entry of it remains."""

    def __init__(self, made: Any) -> None:
        super().__init__()
        self.made = made


_seen: ContextVar[list[Outcome] | None] = ContextVar("meridian_outcomes", default=None)


@contextmanager
def watching() -> Iterator[list[Outcome]]:
    """What the commands inside did to single rows, in the order in which they ended."""
    found: list[Outcome] = []
    token = _seen.set(found)
    try:
        yield found
    finally:
        _seen.reset(token)


def changed_fields(model: type[models.Model], outcomes: Iterable[Outcome]) -> list[str]:
    """The names of the fields of this model's rows that differ now, in the order of the model."""
    changed = {name for found in outcomes if isinstance(found.row, model) for name in found.fields}
    order = [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]
    return sorted(changed, key=order.index)


def carried_out(facts: Any, actor: Actor, given: Mapping[str, Any]) -> Any:
    """Call the function of a command, its row locked and fresh in `given`, and note what it did.

    Raises `Unchanged` after a command of the action `change` that wrote nothing new.
    """
    row = given[facts.target] if facts.target else None
    changes = facts.action == "change" and isinstance(row, models.Model)
    if _seen.get() is None and not changes:
        return facts.function(actor=actor, **given)
    if not isinstance(row, models.Model):
        made = facts.function(actor=actor, **given)
        if facts.creates and isinstance(made, models.Model):
            _note(facts, made, tuple(name for name in _values(made) if name != "version"))
        return made
    before, mark = _values(row), trail.last_change()
    made = facts.function(actor=actor, **given)
    after = _stored(row)
    fields = tuple(name for name in before if after is None or before[name] != after[name])
    _note(facts, row, fields)
    if changes and not fields and trail.last_change() == mark:
        raise Unchanged(made)
    return made


def _note(facts: Any, row: models.Model, fields: tuple[str, ...]) -> None:
    found = _seen.get()
    if found is not None:
        found.append(Outcome(facts.name, row, fields))


def _values(row: models.Model) -> dict[str, Any]:
    """The fields of a row by name; the version, which every write raises, is none of its particulars."""
    values = {field.name: getattr(row, field.attname) for field in _fields(row)}
    return copy.deepcopy(values) | _many(row)


def _stored(row: models.Model) -> dict[str, Any] | None:
    """The same as the database holds them now; None when the row is gone."""
    names = {field.name: field.attname for field in _fields(row)}
    stored = type(row)._base_manager.filter(pk=row.pk).values(*names.values()).first()
    if stored is None:
        return None
    return {name: stored[column] for name, column in names.items()} | _many(row)


def _many(row: models.Model) -> dict[str, Any]:
    many = row._meta.many_to_many if row.pk else ()
    return {
        field.name: sorted(getattr(row, field.name).values_list("pk", flat=True).order_by()) for field in many
    }


def _fields(row: models.Model) -> list[Any]:
    return [field for field in row._meta.concrete_fields if field.name != "version"]
