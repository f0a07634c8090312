"""The base of every table: identity, version, and reads that ask for permission."""

import inspect
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models

from meridian.engine.policies import Actor
from meridian.engine.policies.policy import permitted
from meridian.kernel.words import near

M = TypeVar("M", bound=models.Model)


class Rows(models.QuerySet):
    """A query set that knows the one question of rights."""

    def permitted(self, actor: Actor, action: str = "view") -> Self:
        """Only the rows to which `actor` may do `action`."""
        return self.filter(permitted(self.model, actor, action))


class Record(models.Model):
    """A row with an optimistic version, raised by the database on every change.

    Every concrete table is written by commands alone; see `meridian.engine.commands`.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = Rows.as_manager()

    class Meta:
        abstract = True


def permitted_rows(model: type[M], actor: Actor, action: str = "view") -> models.QuerySet[M]:
    """The rows of a model that is only known when it runs to which `actor` may do `action`."""
    return model._default_manager.filter(permitted(model, actor, action))


class UnknownName(LookupError):
    """A name of no model; says where it stands, and what may have been meant."""


def reference(label: str) -> type[Any]:
    """The model of a lower module by its name, such as `library.Book`: what refers to its rows in foreign
    keys by that name may ask for them by it too. For static types it is the class of that name
    (`tools/typed_references.py`). Raises `UnknownName` with file and line when there is none."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        caller = inspect.stack()[1]
        said = f"{caller.filename}, line {caller.lineno}: no model is called “{label}”"
        meant = near(
            label, [model._meta.label for known in apps.all_models.values() for model in known.values()]
        )
        raise UnknownName(f"{said}; near to it: {', '.join(meant)}" if meant else said) from None


def concrete_field(model: type[models.Model], name: str) -> models.Field:
    """The field of a model that has a column or a table of links; `LookupError` for a way back."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise LookupError(f"{model._meta.label}.{name} is the way back of another model's reference.")
    return field


class AppendedRecord(models.Model):
    """A row that is written once: the database refuses to change or remove it."""

    objects = Rows.as_manager()

    class Meta:
        abstract = True
