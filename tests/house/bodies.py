"""What a program sends to a resource's verb, made from the verb's own schema."""

import datetime
import enum
from decimal import Decimal
from typing import Any, get_args

from house.factory import Shared, make
from meridian.engine.api.served import Served
from meridian.engine.resources import has_resource, resource_of


def body_of(verb: Served, shared: Shared) -> dict[str, Any]:
    """A body that fits: every input that is needed, references to new rows."""
    if verb.schema is None:
        return {}
    return {
        name: _value(verb, name, field.annotation, shared)
        for name, field in verb.schema.model_fields.items()
        if field.is_required()
    }


def _value(verb: Served, name: str, kind: Any, shared: Shared) -> Any:
    if name in verb.references:
        model = verb.references[name]
        row = shared.get(model) or make(model, shared)
        return str(getattr(row, resource_of(model).key if has_resource(model) else "pk"))
    kinds = [kind, *get_args(kind)]
    if enumeration := next(
        (found for found in kinds if isinstance(found, type) and issubclass(found, enum.Enum)), None
    ):
        return list(enumeration)[-1].value
    if dict in (getattr(kind, "__origin__", None), kind):
        return {}
    return {bool: True, int: 1, Decimal: "1.00", datetime.date: "2026-03-01"}.get(kinds[0], "word")
