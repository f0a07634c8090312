"""By which columns a list can be sorted: of a long table by those alone that an index leads along."""

from typing import Any

from django.db import models

from meridian.engine.listing.keyset import sortable
from meridian.engine.records.sizes import rows_about
from meridian.engine.resources import Resource

LONG_TABLE_ROWS = 200_000


def is_long(model: type[models.Model]) -> bool:
    """Whether reading a table through would keep somebody waiting: its rows are not counted then, found
    by words or sorted without an index."""
    return rows_about(model) >= LONG_TABLE_ROWS


def orders(resource: type[Resource]) -> list[str]:
    """The columns by which its list can be sorted, either way."""
    names = [row.name for row in resource.columns() if sortable(resource.field(row.name))]
    if not is_long(resource.model):
        return names
    led = _led(resource.model)
    return [name for name in names if name in led]


def _led(model: type[models.Model]) -> set[str]:
    """The fields that whole indexes lead along, with at most the id behind them."""
    options: Any = model._meta
    whole = [
        one for one in (*options.indexes, *options.constraints) if getattr(one, "condition", None) is None
    ]
    lists = [[name.lstrip("-") for name in getattr(one, "fields", ())] for one in whole]
    unique = [field.name for field in options.concrete_fields if field.unique or field.db_index]
    return {names[0] for names in lists if names and set(names[1:]) <= {"id"}} | set(unique)
