"""Values in the reader's words: language, notation, time zone, and what the reader may see."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language_info, gettext

from meridian.engine.design.tables import Cell
from meridian.engine.figures import amount_text, day_text, instant_text, list_text, number_text, percent_text
from meridian.engine.resources import Resource, Sight, unseen_text
from meridian.engine.values.addresses import url_of
from meridian.engine.values.kinds import FIGURES, heading_of, kind_of, label_of, unit_of
from meridian.engine.values.structures import (
    NIL,
    joined_markup,
    structure_markup,
    structure_text,
    translated_markup,
)

ABSENT = NIL
LONGEST_IN_LIST = 160


class Renderer:
    """Tells the fields of rows to whoever `sight` is of."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight

    def look_over(self, resource: type[Resource], rows: Sequence[models.Model], names: Iterable[str]) -> None:
        """Ask at once for everything that these fields of many rows refer to."""
        self.sight.look_over(resource, rows, names)

    def cell(self, resource: type[Resource], row: models.Model, name: str, linked: bool = False) -> Cell:
        """A field as a list shows it; `linked` leads to the row itself, a reference to what it names."""
        found = self.value(resource, row, name)
        return found._replace(url=url_of(row)) if linked else found

    def value(self, resource: type[Resource], row: models.Model, name: str) -> Cell:
        """A field in its column."""
        found = self.whole(resource, row, name)
        if kind_of(resource.field(name)) in ("structure", "lines", "text", "translated"):
            return found._replace(text=Truncator(found.text).chars(LONGEST_IN_LIST))
        return found

    def whole(self, resource: type[Resource], row: models.Model, name: str) -> Cell:
        """A field under its heading, however long."""
        field = resource.field(name)
        if field.many_to_many:
            others = self._others(row, field)
            return Cell(list_text(map(self.sight.name, others)) or ABSENT)
        if field.is_relation:
            return self.reference(row, field)
        return self._told(resource, row, name)

    def fact(self, resource: type[Resource], row: models.Model, name: str) -> dict[str, Any]:
        """A field as a row's page shows it: a label, and the value with its unit and its parts."""
        field, kind = resource.field(name), kind_of(resource.field(name))
        if kind == "references":
            others = [self._linked(other) for other in self._others(row, field)]
            return {"label": label_of(field), "text": joined_markup(others)}
        if kind == "reference":
            return {"label": label_of(field), **self.reference(row, field)._asdict()}
        value = self._value(resource, row, name)
        found = self._told(resource, row, name, with_unit=True)
        if kind == "translated" and value:
            found = found._replace(text=translated_markup(value))
        elif kind == "structure" and value not in (None, "", [], {}):
            found = found._replace(text=structure_markup(value, name), kind="parts")
        return {"label": heading_of(field) if kind in FIGURES else label_of(field), **found._asdict()}

    def reference(self, row: models.Model, field: Any) -> Cell:
        """What a row refers to: its name, and the way to it where the reader may see it."""
        if not self.sight.sees_reference(row, field):
            return Cell(unseen_text())
        target = getattr(row, field.name)
        return Cell(self.sight.title(target), url=url_of(target)) if target is not None else Cell(ABSENT)

    def _told(
        self, resource: type[Resource], row: models.Model, name: str, *, with_unit: bool = False
    ) -> Cell:
        value = self._value(resource, row, name)
        tone = resource.tone_of(value) if name == resource.state else ""
        return value_cell(resource.field(name), value, tone=tone, with_unit=with_unit)

    def _value(self, resource: type[Resource], row: models.Model, name: str) -> Any:
        mentions = resource.mentions(name, lambda other: getattr(row, other))
        return self.sight.masked(getattr(row, name), mentions)

    def _others(self, row: models.Model, field: Any) -> list[models.Model]:
        others = list(getattr(row, field.name).all())
        self.sight.look(field.related_model, (other.pk for other in others))
        return others

    def _linked(self, other: models.Model) -> Any:
        name = self.sight.name(other)
        address = url_of(other) if self.sight.sees(type(other), other.pk) else ""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, name) if address else name


def value_text(field: Any, value: Any, *, with_unit: bool = True) -> str:
    """A value in plain words, as histories, notices, mail and sentences tell it; of a row, its name."""
    return str(value_cell(field, value, with_unit=with_unit).text)


def value_cell(field: Any, value: Any, *, tone: str = "", with_unit: bool = False) -> Cell:
    """A value that is no reference. `with_unit` where no heading says it; a state has a `tone`."""
    if value is None or value in ("", [], {}):
        return Cell(ABSENT)
    kind = kind_of(field)
    if kind == "choice":
        text = str(dict(field.flatchoices).get(value, value))
        return Cell(text, "state", tone=tone) if tone else Cell(text)
    if kind in FIGURES:
        return Cell(_figure(field, kind, value, with_unit), "number")
    if kind == "instant":
        return Cell(instant_text(value), "date", instant=value.isoformat())
    if kind == "day":
        return Cell(day_text(value), "date", instant=value.isoformat())
    return Cell(_words(kind, value))


def _words(kind: str, value: Any) -> str:
    if kind == "truth":
        return gettext("Yes") if value else gettext("No")
    if kind == "languages":
        return list_text(map(_language, [value] if isinstance(value, str) else value))
    if kind == "words":
        return list_text(map(str, value))
    return structure_text(value) if kind == "structure" else str(value)


def _figure(field: Any, kind: str, value: Any, with_unit: bool) -> str:
    number = Decimal(str(value))
    if kind == "percent" and with_unit:
        return percent_text(_shortest(number))
    if kind == "money":
        text = amount_text(number) if number else number_text(0)
    else:
        text = number_text(number, grouped=kind != "key")
    unit = unit_of(field) if with_unit else ""
    return f"{text}\u00a0{unit}" if unit else text


def _shortest(number: Decimal) -> Decimal:
    """The number without the noughts at its end."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
