"""What a row may not be, said at the field at fault."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, models
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands.faults import Refusal
from meridian.kernel.words import can_be_seen

# What programs read without loss: numbers of 64 bits, and no deeper than any of them goes.
LARGEST = 2**63
DEEPEST = 60
SURROGATE = re.compile("[\ud800-\udfff]")


def clean_row(row: models.Model) -> None:
    """Validate a row's fields and constraints; the first fault becomes a `Refusal`."""
    _refuse_unkept(row)
    _empty_what_is_blank(row)
    _refuse_unseen(row)
    try:
        row.full_clean()
    except ValidationError as fault:
        field, messages = next(iter(fault.message_dict.items()))
        refusal = Refusal(messages[0], "" if field == "__all__" else field)
        refusal.fields = _broken(row) if field == "__all__" else ()
        raise refusal from fault


@contextmanager
def said_at_its_field(model: type[models.Model], given: Collection[str]) -> Iterator[None]:
    """What the database refuses is a `Refusal`; of several fields, it is told at the first of those given."""
    try:
        yield
    except (DataError, IntegrityError) as fault:
        refusal = _explained(model, fault)
        refusal.blame(given)
        raise refusal from fault
    except Refusal as refusal:
        refusal.blame(given)
        raise


def _explained(model: type[models.Model], fault: DatabaseError) -> Refusal:
    """The message that the model declares for the violated constraint, or what of a value is amiss."""
    if isinstance(fault, DataError):
        return Refusal(
            _("One of these values is too large to be kept, or holds a character that is no text.")
        )
    name = getattr(getattr(fault.__cause__, "diag", None), "constraint_name", None) or ""
    for constraint in model._meta.constraints:
        if constraint.name == name:
            refusal = Refusal(str(constraint.get_violation_error_message()))
            refusal.fields = _fields_of(model, constraint)
            return refusal
    for field in model._meta.concrete_fields:
        if field.unique and name.startswith(f"{model._meta.db_table}_{field.column}_"):
            sentence = _("Another row has this already: %(field)s.") % {"field": field.verbose_name}
            return Refusal(sentence, field.name)
    if isinstance(fault, models.ProtectedError) or getattr(fault.__cause__, "sqlstate", "") == "23503":
        return Refusal(_("Other rows still refer to this one. Remove or change them first."))
    return Refusal(_("The database refused this: it breaks the rule %(rule)s.") % {"rule": name})


def _refuse_unkept(row: models.Model) -> None:
    """JSON may hold what no database keeps or no program reads: it is refused before it is either."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.JSONField):
            amiss = _amiss(getattr(row, field.attname), 0)
            if amiss:
                raise Refusal(amiss, field.name)


def _empty_what_is_blank(row: models.Model) -> None:
    """An optional text of blanks alone is no text."""
    for field in row._meta.concrete_fields:
        if not field.blank or not isinstance(field, models.CharField | models.TextField):
            continue
        value = getattr(row, field.attname)
        if isinstance(value, str) and not can_be_seen(value):
            setattr(row, field.attname, "")


def _refuse_unseen(row: models.Model) -> None:
    """A text that is needed, a key among them, holds something to see: blanks alone are as good as none."""
    for field in row._meta.concrete_fields:
        if field.blank or not isinstance(field, models.CharField | models.TextField):
            continue
        text = getattr(row, field.attname)
        if text and isinstance(text, str) and not can_be_seen(text):
            raise Refusal(field.error_messages["blank"], field.name)


def _amiss(value: Any, depth: int) -> Any:
    """What can't be kept in a structure, in words; empty where all can."""
    if depth > DEEPEST:
        return _("This is nested too deeply.")
    if isinstance(value, str):
        is_text = "\0" not in value and not SURROGATE.search(value)
        return "" if is_text else _("This holds a character that is no text.")
    if isinstance(value, int | float):
        return "" if abs(value) < LARGEST else _("This holds a number that is too large to be kept.")
    parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    inside = (_amiss(part, depth + 1) for part in parts) if isinstance(value, dict | list | tuple) else ()
    return next(filter(None, inside), "")


def _broken(row: models.Model) -> Sequence[str]:
    """The fields of which the first constraint speaks that the row breaks."""
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError:
            return _fields_of(type(row), constraint)
    return ()


def _fields_of(model: type[models.Model], constraint: Any) -> Sequence[str]:
    condition = getattr(constraint, "condition", None)
    found = set(getattr(constraint, "fields", ()))
    if not found and isinstance(condition, models.Q):
        found = condition.referenced_base_fields
    return [field.name for field in model._meta.concrete_fields if {field.name, field.attname} & found]
