"""Values in the reader's words: language, number format and time zone."""

import datetime
import decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from meridian.engine.design.tables import Cell
from meridian.engine.figures import day_text, instant_text, number_text
from meridian.engine.resources import Resource, Sight, has_resource, is_translated, resource_of, unseen_text


def url_of(row: models.Model) -> str:
    """The address of a row's page; empty when its model has none."""
    if not has_resource(type(row)):
        return ""
    return reverse(f"{resource_name(resource_of(type(row)))}-detail", args=(row.pk,))


def resource_name(resource: type[Resource]) -> str:
    """The stem of a resource's URL names: `places-site`."""
    return f"{resource.module()}-{resource.noun()}"


def cell_of(
    resource: type[Resource], row: models.Model, name: str, sight: Sight, linked: bool = False
) -> Cell:
    """A field of a row as a list shows it to whoever `sight` is of."""
    field = resource.field(name)
    url = url_of(row) if linked else ""
    if field.is_relation and not sight.sees_reference(row, field):
        return Cell(unseen_text(), url=url)
    value = sight.masked(getattr(row, name), resource.mentions(name, lambda other: getattr(row, other)))
    if value is None or value == "" or value == []:
        return Cell("–", url=url)
    if field.is_relation:
        return Cell(sight.title(value), url=url)
    if field.choices:
        text = str(dict(field.flatchoices).get(value, value))
        if name == resource.state:
            return Cell(text, "state", url, resource.tone_of(value))
        return Cell(text, url=url)
    return _plain_cell(field, value, url)


def _plain_cell(field: Any, value: Any, url: str) -> Cell:
    if isinstance(value, bool):
        return Cell(gettext("Yes") if value else gettext("No"), url=url)
    if isinstance(value, datetime.datetime):
        return Cell(instant_text(value), "date", url, instant=value.isoformat())
    if isinstance(value, datetime.date):
        return Cell(day_text(value), "date", url, instant=value.isoformat())
    if isinstance(value, int | decimal.Decimal):
        return Cell(number_text(value, grouped=not is_year(field)), "number", url)
    if isinstance(value, list):
        return Cell(", ".join(map(str, value)), url=url)
    if is_translated(field):
        return Cell(str(value), url=url)
    return Cell(str(value), url=url)


def is_year(field: Any) -> bool:
    """Whether a number is a year, which nobody writes with thousands."""
    return isinstance(field, models.IntegerField) and "year" in field.name.split("_")


def column_kind(field: Any) -> str:
    """How a column is set: numbers to the right, dates in their own width."""
    if field.is_relation or field.choices or isinstance(field, models.BooleanField):
        return "text"
    if isinstance(field, models.DateField):
        return "date"
    return "number" if isinstance(field, models.IntegerField | models.DecimalField) else "text"


def fact_of(resource: type[Resource], row: models.Model, name: str, sight: Sight) -> dict[str, Any]:
    """A field as the detail page shows it: a label and its value."""
    field = resource.field(name)
    if field.many_to_many:
        others = list(getattr(row, name).all())
        sight.look(field.related_model, (other.pk for other in others))
        text = ", ".join(map(sight.name, others))
        return {"label": label_of(field), "text": text}
    cell = cell_of(resource, row, name, sight)
    target = getattr(row, name) if field.is_relation and sight.sees_reference(row, field) else None
    return {
        "label": label_of(field),
        "text": cell.text,
        "url": url_of(target) if target is not None else "",
        "tone": cell.tone,
        "instant": cell.instant,
    }


def label_of(field: Any) -> str:
    """A field's name as a heading."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]
