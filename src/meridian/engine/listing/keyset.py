"""Paging by the key of the last row seen: page one hundred costs what page one costs."""

import base64
import binascii
import datetime
import decimal
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models.functions import Coalesce

from meridian.engine.records import concrete_field


@dataclass(frozen=True, slots=True)
class Order:
    """A total order over rows: field names, `-` for descending; the row id is always last."""

    names: tuple[str, ...]

    def columns(self) -> list[tuple[str, bool]]:
        """(field, descending), the id added with the direction of the last field."""
        found = [(name.lstrip("-"), name.startswith("-")) for name in self.names]
        if found and found[-1][0] == "id":
            return found
        return [*found, ("id", found[-1][1] if found else False)]

    def expressions(self, backwards: bool = False) -> list[str]:
        return [f"{'-' if descending != backwards else ''}{name}" for name, descending in self.columns()]

    def values(self, backwards: bool = False) -> list[Any]:
        """The same order by the values alone, along which no index leads."""
        return [
            Coalesce(name, name).desc() if descending != backwards else Coalesce(name, name).asc()
            for name, descending in self.columns()
        ]

    def after(self, values: Sequence[Any], backwards: bool = False) -> models.Q:
        """Rows that come after (or before, when `backwards`) the row with these values."""
        columns = self.columns()
        condition = models.Q(pk__in=())
        equal = models.Q()
        for (name, descending), value in zip(columns, values, strict=True):
            past = "lt" if descending != backwards else "gt"
            condition |= equal & models.Q(**{f"{name}__{past}": value})
            equal &= models.Q(**{name: value})
        # The first column bounds the rest, so that an index on it is used for the start.
        first, descending = columns[0]
        bound = "lte" if descending != backwards else "gte"
        return models.Q(**{f"{first}__{bound}": values[0]}) & condition


def token_of(row: Any, order: Order) -> str:
    """The place of a row in the order, as text for an address."""
    # Of a row referred to, the key: it is what the database sorts by.
    names = [name for name, _descending in order.columns()]
    if isinstance(row, models.Model):
        names = [concrete_field(type(row), name).attname for name in names]
    values = [_plain(getattr(row, name)) for name in names]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def values_of(token: str, order: Order, model: type[models.Model]) -> list[Any] | None:
    """The values behind a token; None for one that was cut, altered or of another order."""
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(values, list) or len(values) != len(order.columns()):
            return None
        read = [
            concrete_field(model, name).to_python(value)
            for (name, _descending), value in zip(order.columns(), values, strict=True)
        ]
        return read if all(map(_storable, read)) else None
    except (
        binascii.Error,
        ValueError,
        TypeError,
        OverflowError,
        RecursionError,
        ValidationError,
        FieldDoesNotExist,
    ):
        return None


def sortable(field: Any) -> bool:
    """Whether a column gives a total order together with the id: a plain one that is never empty."""
    plain = (
        models.CharField,
        models.IntegerField,
        models.DateField,
        models.DateTimeField,
        models.DecimalField,
        models.BooleanField,
    )
    return isinstance(field, plain) and not field.null


def _storable(value: Any) -> bool:
    """Whether the database could hold the value at all; a lone surrogate raises ValueError."""
    return value is not None and not (isinstance(value, str) and b"\0" in value.encode())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date | decimal.Decimal):
        return value.isoformat() if isinstance(value, datetime.date) else str(value)
    return value
