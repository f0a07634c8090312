"""What the values of a field are, from its type and its name: units stand in names."""

import re
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from meridian.engine.resources import is_translated
from meridian.engine.translation import check_language

# Whole numbers that count nothing: nobody writes them with thousands.
KEYS = frozenset({"id", "key", "line", "number", "seed", "year"})
UNITS = frozenset(
    {
        "bytes",
        "days",
        "gibibytes",
        "hours",
        "kilowatts",
        "metres",
        "milliseconds",
        "minutes",
        "months",
        "percent",
        "seconds",
        "steps",
        "usd",
    }
)
FIGURES = frozenset({"key", "number", "money", "percent"})
WITH_UNIT = re.compile(r"(?P<label>.+?)\s*[(（](?P<unit>[^()（）]+)[)）]")


@cache
def held_as(field: Any) -> Any:
    """The field as the database holds it: of one that it works out, the field of the outcome."""
    return field.output_field if isinstance(field, models.GeneratedField) else field


def kind_of(field: Any) -> str:
    """`reference`, `references`, `choice`, `truth`, `instant`, `day`, `key`, `number`, `money`, `percent`,
    `translated`, `languages`, `words`, `structure`, `lines` or `text`."""
    if field.is_relation:
        return "references" if field.many_to_many else "reference"
    held = held_as(field)
    if field.choices:
        return "choice"
    if isinstance(held, ArrayField):
        return "languages" if check_language in held.base_field.validators else "words"
    if is_translated(field):
        return "translated"
    kinds = (
        (models.BooleanField, "truth"),
        (models.DateTimeField, "instant"),
        (models.DateField, "day"),
        (models.JSONField, "structure"),
        (models.TextField, "lines"),
    )
    for kind, word in kinds:
        if isinstance(held, kind):
            return word
    if isinstance(held, models.DecimalField | models.IntegerField | models.FloatField):
        return _figure(field, held)
    return "languages" if check_language in field.validators else "text"


def _figure(field: Any, held: Any) -> str:
    words = field.name.split("_")
    if "usd" in words:
        return "money"
    if "percent" in words:
        return "percent"
    return "key" if isinstance(held, models.IntegerField) and not is_grouped(field.name) else "number"


def is_grouped(name: str) -> bool:
    """Whether whole numbers of this name are written with thousands: years and keys are not."""
    words = name.split("_")
    return not KEYS & set(words) and not name.endswith("_in")


def column_kind(field: Any) -> str:
    """How a column is set: figures to the right, dates in their own width."""
    kind = kind_of(field)
    if kind in FIGURES:
        return "number"
    return "date" if kind in ("instant", "day") else "text"


def label_of(field: Any) -> str:
    """A field's name as a heading: “Cost (USD)”."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def heading_of(field: Any) -> str:
    """A field's name where its values bear the unit themselves: “Cost”."""
    parted = _parted(field)
    return parted["label"] if parted else label_of(field)


def unit_of(field: Any) -> str:
    """The unit of a quantity in the reader's language, "" without one: “USD a year”."""
    parted = _parted(field)
    return parted["unit"] if parted else ""


def _parted(field: Any) -> re.Match[str] | None:
    if kind_of(field) not in FIGURES or not UNITS & set(field.name.split("_")):
        return None
    return WITH_UNIT.fullmatch(label_of(field))
