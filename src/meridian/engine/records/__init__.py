"""The base of every table: identity, version, and reads that ask for permission."""

from typing import Self

from django.db import models

from meridian.engine.policies import Actor
from meridian.engine.policies.policy import permitted


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


class AppendedRecord(models.Model):
    """A row that is written once: the database refuses to change or remove it."""

    objects = Rows.as_manager()

    class Meta:
        abstract = True
