"""A field's value as text in a file: what goes out, row by row."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from meridian.engine.resources import Resource, has_resource, is_translated, resource_of
from meridian.engine.translation import language_codes

ID = "id"


def columns(resource: type[Resource]) -> dict[str, str]:
    """The field behind each column title: `name.fr` belongs to `name`.

    A file of rows that no field tells apart begins with their `id`.
    """
    found = {ID: ID} if resource.identity() == (ID,) and resource.file_fields() else {}
    for name in resource.file_fields():
        if is_translated(resource.field(name)):
            found |= {f"{name}.{code}": name for code in language_codes()}
        else:
            found[name] = name
    return found


def headings(resource: type[Resource]) -> list[str]:
    """Column titles of a resource's files: field names, `name.fr` for each language of a text."""
    return list(columns(resource))


def fields_of(resource: type[Resource]) -> list[str]:
    """The fields in a file, each once, in the order of their columns."""
    return list(dict.fromkeys(columns(resource).values()))


def paths(resource: type[Resource]) -> list[str]:
    """What a query fetches for the columns, a reference by its natural key."""
    return [path(resource, name) for name in fields_of(resource)]


def path(resource: type[Resource], name: str) -> str:
    """The look-up of what stands in a file for a field."""
    if name == ID:
        return "pk"
    field = resource.field(name)
    if not field.is_relation or not has_resource(field.related_model):
        return name
    return f"{name}__{resource_of(field.related_model).key}"


def written(resource: type[Resource], values: Sequence[Any]) -> list[str]:
    """A row of fetched values as the texts of its columns."""
    texts: list[str] = []
    for name, value in zip(fields_of(resource), values, strict=True):
        if name != ID and is_translated(resource.field(name)):
            texts += [(value or {}).get(code, "") for code in language_codes()]
        else:
            texts.append(_text(value))
    return texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
