"""The one reader of values: what the renderer prints of a field is read back unchanged."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language_info, gettext

from meridian.engine.figures import Reader
from meridian.engine.figures.fields import is_read
from meridian.engine.figures.fields import read_value as read_figure
from meridian.engine.resources import is_translated
from meridian.engine.translation import Translations
from meridian.engine.values.kinds import kind_of, unit_of
from meridian.engine.values.structures import NIL
from meridian.kernel.words import folded

Refer = Callable[[type[models.Model], str], models.Model]


def read_value(field: Any, text: str, reader: Reader, refer: Refer) -> Any:
    """The value of a field that a page prints as `text`; None for a dash.

    Choices are read by their code or their label, languages by their code or name; `refer` finds the
    row that a name means. Raises ValidationError, `Unread` or LookupError for what can't be read.
    """
    text, kind = text.strip(), kind_of(field)
    if text in ("", NIL):
        return None
    if kind == "reference":
        return refer(field.related_model, text)
    if kind == "choice":
        return field.to_python(_one(text, {str(key): str(words) for key, words in field.flatchoices}))
    if kind == "truth":
        return _one(text, {"true": gettext("Yes"), "false": gettext("No")}) == "true"
    if kind in ("words", "languages"):
        words = reader.words(text)
        known = {code: _name(code) for code, _words in settings.LANGUAGES}
        return [_one(word, known) for word in words] if kind == "languages" else words
    if is_read(field):
        unit = unit_of(field)
        return read_figure(field, text.removesuffix(unit).strip() if unit else text, reader)
    return field.to_python(text)


def kept_value(field: Any, kept: Any) -> Any:
    """The value of a field from what the trail, which is JSON, keeps of it."""
    if kept is None or field.is_relation:
        return kept
    kind = kind_of(field)
    try:
        if kind == "instant":
            return datetime.datetime.fromisoformat(kept)
        if kind == "day":
            return datetime.date.fromisoformat(kept)
        if isinstance(field, models.DecimalField):
            return Decimal(str(kept)).quantize(Decimal(1).scaleb(-field.decimal_places))
        if is_translated(field):
            return Translations(kept)
    except (ArithmeticError, TypeError, ValueError):
        return kept
    return kept


def _one(text: str, known: dict[str, str]) -> str:
    """The code of what was written, by code or by label."""
    if text in known:
        return text
    meant = [code for code, label in known.items() if folded(label) == folded(text)]
    if len(meant) != 1:
        raise ValidationError(gettext("“%(text)s” is not known here.") % {"text": text})
    return meant[0]


def _name(code: str) -> str:
    return str(get_language_info(code)["name_translated"])
