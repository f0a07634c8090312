"""A field's value as text in a file, and back. What goes out comes in unchanged."""

import datetime
import decimal
import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.listing.lookup import NotKnown, referred_row
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource, has_resource, is_translated, resource_of
from meridian.engine.translation import Translations, language_codes


def headings(resource: type[Resource]) -> list[str]:
    """Column titles of a resource's files: field names, `name.fr` for each language of a text."""
    titles: list[str] = []
    for name in resource.file_fields():
        if is_translated(resource.field(name)):
            titles += [f"{name}.{code}" for code in language_codes()]
        else:
            titles.append(name)
    return titles


def paths(resource: type[Resource]) -> list[str]:
    """What a query fetches for the columns, a reference by its natural key."""
    return [_path(resource, name) for name in resource.file_fields()]


def _path(resource: type[Resource], name: str) -> str:
    field = resource.field(name)
    if not field.is_relation or not has_resource(field.related_model):
        return name
    return f"{name}__{resource_of(field.related_model).key}"


def written(resource: type[Resource], values: tuple[Any, ...]) -> list[str]:
    """A row of fetched values as the texts of its columns."""
    texts: list[str] = []
    for name, value in zip(resource.file_fields(), values, strict=True):
        if is_translated(resource.field(name)):
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


def read(resource: type[Resource], cells: dict[str, str], actor: Actor) -> dict[str, Any]:
    """The values that a command takes, from the texts of one line.

    Only columns that the line has are returned. Raises ValidationError by field name.
    """
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in resource.file_fields():
        field = resource.field(name)
        try:
            if is_translated(field):
                texts = {
                    code: cells[f"{name}.{code}"] for code in language_codes() if cells.get(f"{name}.{code}")
                }
                if any(f"{name}.{code}" in cells for code in language_codes()):
                    values[name] = Translations(texts)
            elif name in cells:
                values[name] = _value(field, cells[name].strip(), actor)
        except ValidationError as fault:
            faults[name] = " ".join(fault.messages)
        except NotKnown as fault:
            faults[name] = str(fault)
        except (LookupError, ValueError, decimal.InvalidOperation):
            faults[name] = _("“%(text)s” is not known here.") % {"text": cells[name]}
    if faults:
        raise ValidationError(faults)
    return values


def _value(field: Any, text: str, actor: Actor) -> Any:
    if text == "":
        if isinstance(field, ArrayField):
            return []
        return None if field.null else field.get_default()
    if field.is_relation:
        return referred_row(field.related_model, text, actor)
    if isinstance(field, ArrayField | models.JSONField):
        return json.loads(text)
    if isinstance(field, models.BooleanField):
        return {"true": True, "false": False, "1": True, "0": False}[text.lower()]
    return field.to_python(text)
