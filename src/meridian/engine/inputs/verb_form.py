"""A form made from the signature of a verb's command, for one actor."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from meridian.engine.commands.arguments import NEEDED, Argument
from meridian.engine.figures.fields import DayField, InstantField, NumberField, WholeField, kind_of
from meridian.engine.inputs.build import ResourceForm
from meridian.engine.inputs.fields import ReferenceChoice, StructureField, reference_choice
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Ask, Resource, Verb
from meridian.engine.resources.verb import LANGUAGE

FIGURES: Mapping[Any, type[forms.Field]] = {
    int: WholeField,
    datetime.date: DayField,
    datetime.datetime: InstantField,
    UploadedFile: forms.FileField,
}


class VerbForm(ResourceForm):
    """`values()` gives the arguments of the command: what was left empty and needs no answer is left out."""

    verb: Verb

    def values(self) -> dict[str, Any]:
        given = super().values()
        for argument in self.verb.arguments:
            if given.get(argument.name) in (None, "") and not argument.is_needed:
                given.pop(argument.name, None)
        return given

    def changes_of(self, _row: models.Model) -> dict[str, Any]:
        """The same for every row of many."""
        return self.values()

    def rows_of_fields(self) -> list[dict[str, Any]]:
        return [{"field": field, "clear": None} for field in self.visible_fields()]


def verb_form(
    resource: type[Resource], verb: Verb, actor: Actor, row: models.Model | None = None
) -> type[VerbForm]:
    """The form class of a verb; `row` gives what its fields begin with."""
    fields: dict[str, Any] = {"verb": verb}
    for argument in verb.arguments:
        fields[argument.name] = _field(resource, verb.ask(argument.name), argument, actor, row)
    return type(f"{resource.__name__}{verb.name.title()}Form", (VerbForm,), fields)


def _field(
    resource: type[Resource], ask: Ask, argument: Argument, actor: Actor, row: models.Model | None
) -> forms.Field:
    options = {
        "label": title_of(resource, ask, argument),
        "help_text": ask.help,
        "required": argument.is_needed and not argument.is_optional,
        "initial": _initial(ask, argument, row),
    }
    made = _among(ask, actor, row, options) if ask.among and row else _made(ask, argument, actor, options)
    if ask.hidden or argument.name == LANGUAGE:
        made.widget = made.hidden_widget()
    return made


def _among(ask: Ask, actor: Actor, row: models.Model, options: dict[str, Any]) -> forms.Field:
    """One of the rows that stand beside the one acted on, among those that the actor sees."""
    assert ask.among is not None
    beside = ask.among(row)
    seen = permitted_rows(beside.model, actor).filter(pk__in=beside.order_by().values("pk"))
    return ReferenceChoice(actor, queryset=seen.order_by("pk"), **options)


def title_of(resource: type[Resource], ask: Ask, argument: Argument) -> str:
    """The words at a field: those of `Ask`, of the model's field of that name, or of the row named."""
    known = {field.name: field for field in resource.model._meta.fields}
    if ask.title:
        words = str(ask.title)
    elif argument.name == LANGUAGE:
        words = LANGUAGE
    elif argument.name in known:
        words = str(known[argument.name].verbose_name)
    elif argument.model is not None:
        words = str(argument.model._meta.verbose_name)
    else:
        raise TypeError(f"{resource.__name__}: say by Ask({argument.name!r}) how it is asked for.")
    return words[:1].upper() + words[1:]


def _initial(ask: Ask, argument: Argument, row: models.Model | None) -> Any:
    if argument.name == LANGUAGE:
        return get_language() or argument.default
    if ask.initial is not None:
        return ask.initial(row) if row is not None else None
    return None if argument.default in (NEEDED, None) else argument.default


def _made(ask: Ask, argument: Argument, actor: Actor, options: dict[str, Any]) -> forms.Field:
    choices = ask.choices or argument.choices
    if argument.model is not None:
        return reference_choice(argument.model, actor, **options)
    if argument.bare is bool and not choices:
        return forms.BooleanField(**{**options, "required": False})
    if choices:
        first = _("Choose") if options["required"] else "–"
        empty: list[Any] = [("", first)] if options["initial"] is None else []
        return forms.TypedChoiceField(
            choices=[*empty, *((str(value), words) for value, words in choices)],
            coerce=lambda text: next(value for value, _words in choices if str(value) == text),
            empty_value=None,
            **options,
        )
    if argument.bare is Decimal:
        return NumberField(kind=kind_of(argument), **options)
    if argument.bare in FIGURES:
        return FIGURES[argument.bare](**options)
    if isinstance(argument.bare, type) and issubclass(argument.bare, str):
        return forms.CharField(
            max_length=_most(argument), widget=forms.Textarea if ask.long else forms.TextInput, **options
        )
    return StructureField(**options)


def _most(argument: Argument) -> int | None:
    """How many characters a text may have, as its type says."""
    said = getattr(argument.kind, "__metadata__", ())
    return next((part.max_length for part in said if isinstance(part, StringConstraints)), None)
