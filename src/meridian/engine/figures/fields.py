"""Form fields that read what the page's language prints, and model fields read from any text."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import from_current_timezone, to_current_timezone

from meridian.engine.figures import Reader, Unread, number_text, page_reader, sentence


class FigureInput(forms.TextInput):
    """A text input with the keys of figures: a browser's own number input follows its own language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "dir": "ltr", **(attrs or {})})


class _Read:
    """What the fields below share: a text is read once, its fault told in words."""

    empty_values: Any

    def read(self, reader: Reader, text: str) -> Any:
        """The value of a text."""
        raise NotImplementedError

    def read_text(self, value: Any) -> Any:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            return value
        try:
            return self.read(page_reader(), value)
        except Unread as fault:
            raise ValidationError(sentence(fault), code="unread") from fault


class NumberField(_Read, forms.DecimalField):
    """A number with at most `decimal_places`; `kind` names the reader's method."""

    widget = FigureInput

    def __init__(self, *, kind: str = "number", **options: Any) -> None:
        self.kind = kind
        super().__init__(**options)

    def read(self, reader: Reader, text: str) -> Decimal:
        found: Decimal = getattr(reader, self.kind)(text, decimals=self.decimal_places)
        return found

    def to_python(self, value: Any) -> Any:
        found = self.read_text(value)
        return found if found is None else Decimal(found)

    def prepare_value(self, value: Any) -> Any:
        return number_text(value, grouped=False) if isinstance(value, Decimal | int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class WholeField(_Read, forms.IntegerField):
    """A whole number."""

    widget = FigureInput

    def read(self, reader: Reader, text: str) -> int:
        return reader.whole(text)

    def to_python(self, value: Any) -> int | None:
        found = self.read_text(value)
        return found if found is None else int(found)

    def prepare_value(self, value: Any) -> Any:
        return number_text(value, grouped=False) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class DayField(_Read, forms.DateField):
    """A day: a browser sends it by ISO 8601, a person types it as the page prints it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def read(self, reader: Reader, text: str) -> datetime.date:
        return reader.day(text)

    def to_python(self, value: Any) -> datetime.date | None:
        found = self.read_text(value)
        return found.date() if isinstance(found, datetime.datetime) else found


class InstantField(_Read, forms.DateTimeField):
    """A day with a time, in the reader's zone where the text names none."""

    widget = forms.TextInput(attrs={"type": "datetime-local", "step": "any"})

    def read(self, reader: Reader, text: str) -> datetime.datetime:
        return reader.instant(text)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime.datetime):
            return value
        # Seconds are shown where there are any: a form sent unchanged changes nothing.
        parts = "minutes" if not value.second and not value.microsecond else "auto"
        return to_current_timezone(value).isoformat("T", parts)

    def to_python(self, value: Any) -> datetime.datetime | None:
        found = self.read_text(value)
        return found if found is None or found.tzinfo else from_current_timezone(found)


def figure_field(field: Any, **options: Any) -> forms.Field | None:
    """The form field of a model field that holds a figure, day or instant; None for any other."""
    if field.choices:
        return None
    if isinstance(field, models.DecimalField):
        return field.formfield(form_class=NumberField, kind=kind_of(field), **options)
    if isinstance(field, models.DateTimeField):
        return field.formfield(form_class=InstantField, **options)
    if isinstance(field, models.DateField):
        return field.formfield(form_class=DayField, **options)
    if isinstance(field, models.IntegerField):
        return field.formfield(form_class=WholeField, **options)
    return None


def kind_of(field: Any) -> str:
    """The reader's method for a decimal field or argument; the unit stands in its name."""
    words = field.name.split("_")
    if "percent" in words:
        return "percent"
    return "amount" if "usd" in words else "number"


def is_read(field: Any) -> bool:
    """Whether `read_value` reads the field: a number, day or instant without fixed choices."""
    kinds = (models.DecimalField, models.IntegerField, models.DateField)
    return isinstance(field, kinds) and not field.choices


def read_value(field: Any, text: str, reader: Reader) -> Any:
    """The value of a model field for which `is_read` holds, as a file writes it; `Unread` otherwise."""
    if isinstance(field, models.DecimalField):
        return getattr(reader, kind_of(field))(text, decimals=field.decimal_places)
    if isinstance(field, models.DateTimeField):
        found = reader.instant(text)
        return found if found.tzinfo else from_current_timezone(found)
    if isinstance(field, models.DateField):
        return reader.day(text)
    return int(reader.percent(text, decimals=0)) if kind_of(field) == "percent" else reader.whole(text)
