"""The base of every table: identity, version, and reads that ask for permission."""

from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models

from meridian.engine.policies import Actor
from meridian.engine.policies.policy import permitted

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


def reference(label: str) -> type[Any]:
    """The model of a lower module by its name, such as `places.Site`: what refers to its rows in foreign
    keys by that name may ask for them by it too. `LookupError` when there is none."""
    return apps.get_model(label)


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
