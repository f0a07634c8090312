"""The values that a command takes, from the cells of one line, with whatever is wrong named by column."""

import datetime
import decimal
import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.exchange.values import columns
from meridian.engine.figures import NEUTRAL, Reader, Unread, sentence
from meridian.engine.listing.lookup import referred_row
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, has_resource, is_translated, resource_of
from meridian.engine.sheets.cells import Cell, Kind
from meridian.engine.translation import Translations

CERTAIN_DIGITS = 15
NOT_DIGITS = re.compile(r"\D")
TRUTHS = {"true": True, "false": False, "1": True, "0": False}
NUMERIC = (models.IntegerField, models.DecimalField, models.FloatField)


class Referents:
    """The rows that a file refers to, each looked up once, as far as the actor may see them."""

    def __init__(self, actor: Actor, taken_in: type[models.Model]) -> None:
        self._actor, self._taken_in = actor, taken_in
        self._known: dict[tuple[type[models.Model], str], models.Model] = {}
        # One for the whole file: a decimal comma after a decimal point is refused.
        self.reader = Reader(NEUTRAL)

    def find(self, model: type[models.Model], text: str) -> models.Model:
        """The row whose natural key is `text`, or what of it stands before ` · `, else the one of that name.

        Raises LookupError for none, and for several of one name. A key that exists but may not
        be seen answers like one that does not exist.
        """
        found = self._known.get((model, text)) or self._row(model, text)
        words = text.split(" · ", 1)[0].strip()
        if found is None and words != text:
            found = self._row(model, words)
        if found is None:
            if is_row_id(words):
                # In a file digits are a key, never the number of whatever row has it.
                raise LookupError(text)
            found = referred_row(model, words, self._actor)
        if model is not self._taken_in:
            self._known[model, text] = found
        return found

    def _row(self, model: type[models.Model], text: str) -> models.Model | None:
        rows, key = model._default_manager.all(), "id"
        if has_resource(model):
            rows, key = permitted_rows(model, self._actor), resource_of(model).key
        if key != "id":
            return rows.filter(**{key: text}).first()
        return rows.filter(pk=int(text)).first() if is_row_id(text) else None


def is_row_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def read(
    resource: type[Resource], cells: Mapping[str, Cell], referents: Referents, row: models.Model | None = None
) -> dict[str, Any]:
    """The values of the fields that `cells` give, a text in several languages upon that of `row`.

    Raises ValidationError by column title.
    """
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for title, name in columns(resource).items():
        if title not in cells or name == title == "id":
            continue
        field = resource.field(name)
        try:
            if is_translated(field):
                before = values.get(name, getattr(row, name, None) or {})
                values[name] = _translated(before, title.rsplit(".", 1)[1], cells[title])
            else:
                values[name] = _value(field, cells[title], referents)
        except ValidationError as fault:
            faults[title] = " ".join(fault.messages)
        except Refusal as fault:
            faults[title] = str(fault)
        except Unread as fault:
            faults[title] = sentence(fault)
        except (LookupError, ValueError, ArithmeticError, RecursionError, TypeError):
            faults[title] = _("“%(text)s” is not known here.") % {"text": cells[title].text[:80]}
    if faults:
        raise ValidationError(faults)
    return values


def _translated(before: Mapping[str, str], code: str, cell: Cell) -> Translations:
    _refuse_unless_text(cell)
    texts = {known: text for known, text in before.items() if known != code}
    return Translations(texts | ({code: cell.text} if cell.text.strip() else {}))


def _value(field: Any, cell: Cell, referents: Referents) -> Any:
    text = cell.text.strip()
    if text == "":
        return _nothing(field)
    if field.is_relation:
        _refuse_unless_text(cell)
        return referents.find(field.related_model, text)
    if isinstance(field, ArrayField | models.JSONField):
        return _structure(field, text)
    if isinstance(field, models.BooleanField):
        return TRUTHS[text.lower()]
    if isinstance(field, NUMERIC):
        return field.to_python(_figure(field, cell, referents.reader))
    if isinstance(field, models.DateField):
        return read_date(field, cell, referents.reader)
    _refuse_unless_text(cell)
    return field.to_python(text)


def _nothing(field: Any) -> Any:
    if isinstance(field, ArrayField):
        return []
    return None if field.null else field.get_default()


def _structure(field: Any, text: str) -> Any:
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        raise ValidationError(_("This is no JSON, which this column holds.")) from fault
    if isinstance(field, ArrayField) and not isinstance(found, list):
        raise ValidationError(_('This column holds a list, such as ["en", "fr"].'))
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _figure(field: Any, cell: Cell, reader: Reader) -> str:
    """The number as text; one that a spreadsheet shows in per cent is a hundred times what it keeps."""
    if cell.kind not in (Kind.TEXT, Kind.NUMBER):
        raise ValidationError(
            _("The cell is no number, which this column holds, but “%(text)s”."),
            params={"text": cell.text[:40]},
        )
    if cell.kind is Kind.NUMBER and not cell.is_percent:
        return cell.text
    if cell.kind is Kind.TEXT:
        is_share = field.name.endswith("_percent")
        return f"{reader.percent(cell.text) if is_share else reader.number(cell.text):f}"
    if not field.name.endswith("_percent"):
        raise ValidationError(_("The cell is shown in per cent, the column is not. Write the plain number."))
    return f"{(decimal.Decimal(cell.text) * 100).normalize():f}"


def read_date(field: Any, cell: Cell, reader: Reader) -> Any:
    """A day, or an instant; one that names no zone is of the reader's."""
    if cell.kind not in (Kind.TEXT, Kind.DATE):
        raise ValidationError(_("The cell is no date, which this column holds. Write it as 2026-01-31."))
    text = cell.text.strip()
    if cell.kind is Kind.DATE and "T" not in text and isinstance(field, models.DateTimeField):
        text += "T00:00"
    found = reader.instant(text) if isinstance(field, models.DateTimeField) else reader.day(text)
    if isinstance(found, datetime.datetime) and timezone.is_naive(found):
        return timezone.make_aware(found)
    return found


def _refuse_unless_text(cell: Cell) -> None:
    """Refuse what a spreadsheet has made something else of than was typed."""
    if cell.kind is Kind.DATE:
        raise ValidationError(
            _("The spreadsheet made a date of this cell. Give it the format “Text” and type it anew.")
        )
    if cell.kind in (Kind.BOOLEAN, Kind.STRUCTURE) or cell.is_percent:
        raise ValidationError(_("This column holds text. Give the cell the format “Text” and type it anew."))
    if cell.kind is Kind.NUMBER and len(NOT_DIGITS.sub("", cell.text)) > CERTAIN_DIGITS:
        raise ValidationError(
            _("Of so long a number a spreadsheet keeps 15 digits only. Give the cell the format “Text”.")
        )
