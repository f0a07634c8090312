"""A row of any model, made from its fields; a module's `testing.py` says what is special.

`testing.FACTORIES` maps a model to a dictionary of values or of functions of the counter, or to
a function `(make, counter, **values) -> row` where a row can't be made by itself.
"""

import contextlib
import datetime
import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from house.seeds import owning
from meridian.engine.audit import trail
from meridian.engine.audit.models import Change, Entry
from meridian.engine.policies import system_actor
from meridian.engine.resources import check_permissions
from meridian.engine.translation import TranslatedField, Translations
from meridian.site import discovery

_counter = itertools.count(1)
_pairs: defaultdict[Any, Iterator[int]] = defaultdict(itertools.count)
MAKER = system_actor("tests")
# What fits any column of whole numbers.
SMALL = 30_000
TRAIL = {Entry, Change}


@functools.cache
def _factories() -> dict[type[models.Model], Any]:
    found: dict[type[models.Model], Any] = {}
    for _module, room in discovery.import_rooms("testing"):
        found |= getattr(room, "FACTORIES", {})
    return found


Shared = dict[type[models.Model], models.Model]


def make(model: type[models.Model], shared: Shared | None = None, **given: Any) -> Any:
    """A saved row. `shared` holds rows to use wherever one of that model is referred to."""
    special = _factories().get(model, {})
    number = next(_counter)
    with trail.entry("tests.make", MAKER):
        if callable(special):
            return special(_making(shared or {}), number, **given)
        said = {name: value(number) if callable(value) else value for name, value in special.items()}
        values = said | given
        many = {}
        for field in model._meta.concrete_fields:
            if field.name in values or not _needed(field):
                continue
            values[field.name] = _value(field, number, shared or {})
        row = model(**values)
        # The trail's own rows are written by nobody but the database.
        with owning() if model in TRAIL else contextlib.nullcontext():
            row.save()
        for name, rows in many.items():
            getattr(row, name).set(rows)
        return row


def _making(shared: Shared) -> Any:
    """What a special factory makes further rows with: the shared ones first."""

    def make_or_share(model: type[models.Model], **given: Any) -> Any:
        return shared[model] if model in shared and not given else make(model, shared, **given)

    return make_or_share


def _needed(field: Any) -> bool:
    if field.primary_key or isinstance(field, models.GeneratedField):
        return False
    if isinstance(field, TranslatedField):
        return not field.blank
    referred = field.is_relation and not field.null
    empty = field.has_default() or field.has_db_default() or field.null
    return referred or not (empty or (field.blank and not field.unique))


def _value(field: Any, number: int, shared: dict[type[models.Model], models.Model]) -> Any:
    if field.is_relation:
        return shared.get(field.related_model) or make(field.related_model, shared)
    if isinstance(field, TranslatedField):
        return Translations({"en": f"{field.name} {number}"})
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, ArrayField):
        return ["places"] if check_permissions in field.validators else ["en"]
    for kind, value in (
        (models.BooleanField, False),
        (models.DateTimeField, datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)),
        (models.DateField, datetime.date(2026, 3, 1)),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, 1),
        (models.JSONField, {}),
        (models.EmailField, f"person{number}@meridian.example"),
    ):
        if isinstance(field, kind):
            return number % SMALL if field.unique and kind is models.IntegerField else value
    return _word(field, number)


def _word(field: Any, number: int) -> str:
    if field.name == "zone":
        return "UTC"
    if field.max_length and field.max_length <= 2:
        # Of few letters: counted by themselves, for the numbers of all rows come back to the same too soon.
        place = next(_pairs[field])
        return chr(65 + place // 26 % 26) + chr(65 + place % 26)
    return f"{field.name}-{number}"[-(field.max_length or 60) :]
