"""Schemas of what the interface reads and writes, from the declarations."""

import datetime
import decimal
import re
from typing import Annotated, Any, Literal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    create_model,
)

from meridian.engine.resources import F, Resource, is_translated
from meridian.engine.translation import language_codes
from meridian.kernel.notation import YEARS


class Strict(Schema):
    """Refuses unknown fields, so that a misspelt name is never silently lost."""

    model_config = ConfigDict(extra="forbid")


# A NUL can't be stored as text, and a lone surrogate is no text.
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]


def _of_our_time(value: Any) -> Any:
    if value.year not in YEARS:
        raise ValueError(f"the year must lie between {YEARS[0]} and {YEARS[-1]}")
    return value


def _written(value: Any) -> Any:
    """Numbers are no days: they would be read as seconds since 1970."""
    if isinstance(value, bool | int | float) or (isinstance(value, str) and not DAY_BEGINS.match(value)):
        raise ValueError("must be written as 2026-03-31")
    return value


DAY_BEGINS = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def of_our_time(kind: Any) -> Any:
    """A day or an instant as the interface takes it."""
    return Annotated[kind, BeforeValidator(_written), AfterValidator(_of_our_time)]


def readable(resource: type[Resource]) -> type[Schema]:
    """What a row looks like: `id`, `version` where there is one, and the readable fields."""
    columns: dict[str, Any] = {"id": (int, ...)}
    if versioned(resource):
        columns["version"] = (int, ...)
    for row in _with(resource, "r"):
        kind = _python_type(resource.field(row.name), reading=True)
        columns[row.name] = (kind | None, None) if resource.field(row.name).null else (kind, ...)
    return create_model(named(resource, "Row"), __base__=Schema, **columns)


def writable(resource: type[Resource], *, partial: bool) -> type[Schema]:
    """What `POST` takes, or `PATCH` when `partial`."""
    columns: dict[str, Any] = {}
    for row in _with(resource, "w"):
        field = resource.field(row.name)
        kind = _python_type(field, reading=False)
        kind = kind | None if field.null else kind
        needed = not (partial or field.blank or field.null or field.has_default())
        columns[row.name] = (kind, ... if needed else None)
    return create_model(named(resource, "Change" if partial else "Entry"), __base__=Strict, **columns)


def narrowing(resource: type[Resource]) -> type[Schema]:
    """The query parameters of a list."""
    columns: dict[str, Any] = {
        "after": (str | None, Field(None, description="The `next` of the page before.")),
        "limit": (int, Field(50, ge=1, le=500)),
        "sort": (str | None, Field(None, description="A column's name, with `-` for descending.")),
    }
    columns["q"] = (str | None, Field(None, description="Words that the rows hold."))
    for row in resource.filters():
        if isinstance(resource.field(row.name), models.DateField):
            columns |= dict.fromkeys((f"{row.name}_from", f"{row.name}_to"), (str | None, None))
        else:
            columns[row.name] = (list[str] | None, Field(None, description="Any of these."))
    return create_model(named(resource, "Filters"), __base__=Schema, **columns)


def page_of(row: Any, resource: type[Resource]) -> type[Schema]:
    """A page: rows, and the token of the next page or null."""
    return create_model(
        named(resource, "Page"), __base__=Schema, items=(list[row], ...), next=(str | None, None)
    )


def named(resource: type[Resource], part: str) -> str:
    """A name of the document, apart for models of one name in two modules."""
    return f"{resource.module().title()}{resource.model.__name__}{part}"


def _with(resource: type[Resource], mode: str) -> list[F]:
    return [row for row in resource.fields if mode in row.api and not resource.field(row.name).many_to_many]


def versioned(resource: type[Resource]) -> bool:
    return any(field.name == "version" for field in resource.model._meta.concrete_fields)


def _python_type(field: Any, *, reading: bool) -> Any:
    if field.is_relation:
        return str if reading else Text
    if is_translated(field):
        return dict[Literal[language_codes()], Text]  # type: ignore[misc]
    if isinstance(field, ArrayField):
        return (
            list[str]
            if reading
            else list[Annotated[Text, StringConstraints(max_length=field.base_field.max_length)]]
        )
    if isinstance(field, models.JSONField):
        return Any
    if isinstance(field, models.GeneratedField):
        return _python_type(field.output_field, reading=reading)
    if field.choices and not reading:
        return Literal[tuple(value for value, _label in field.flatchoices if value != "")]
    return _plain_type(field, reading)


def _plain_type(field: Any, reading: bool) -> Any:
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.DateTimeField):
        return datetime.datetime if reading else of_our_time(AwareDatetime)
    if isinstance(field, models.DateField):
        return datetime.date if reading else of_our_time(datetime.date)
    if isinstance(field, models.IntegerField):
        return (
            int
            if reading
            else Annotated[
                int, Field(ge=0 if "Positive" in type(field).__name__ else -(2**31), le=_most(field))
            ]
        )
    if isinstance(field, models.DecimalField):
        return (
            decimal.Decimal
            if reading
            else Annotated[
                decimal.Decimal, Field(max_digits=field.max_digits, decimal_places=field.decimal_places)
            ]
        )
    if reading:
        return str
    return Annotated[Text, StringConstraints(max_length=field.max_length)]


def _most(field: Any) -> int:
    return 32_767 if "Small" in type(field).__name__ else 2**31 - 1
