"""A form made from a resource's declaration, for one actor."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.figures.fields import figure_field
from meridian.engine.inputs.fields import (
    KEPT,
    StructureField,
    TranslationsField,
    WordsField,
    reference_choice,
)
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, is_translated


class ResourceForm(forms.Form):
    """Reads and checks what somebody typed; the command does the writing.

    `values()` gives what `resource.add` and `resource.change` take.
    """

    error_css_class = "wrong"

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value is not KEPT}

    def refuse_kept(self) -> None:
        """A row that is being made keeps nothing: say so where the unseen was sent back."""
        for name in [name for name, value in self.cleaned_data.items() if value is KEPT]:
            self.add_error(name, _("Choose a row that you may see."))

    def blame(self, fault: Refusal) -> None:
        """Show a refusal at its field, or above the form; what has a page of its own is raised anew."""
        blame(self, fault)


def blame(form: forms.Form, fault: Refusal) -> None:
    """Show a refusal at its field of any form, or above it; what has a page of its own is raised anew."""
    sentence = str(fault.beside(form.fields))
    form.add_error(fault.field if fault.field in form.fields else None, sentence)


def build_form(resource: type[Resource], actor: Actor, names: list[str] | None = None) -> type[ResourceForm]:
    """The form class of a resource; `names` narrows it to some of its form fields."""
    fields = {
        name: form_field(resource.field(name), actor)
        for name in resource.form_fields()
        if names is None or name in names
    }
    return type(f"{resource.__name__}Form", (ResourceForm,), fields)


def initial_values(resource: type[Resource], row: models.Model) -> dict[str, Any]:
    """What the form shows of a row before it is changed."""
    values: dict[str, Any] = {}
    for name in resource.form_fields():
        field = resource.field(name)
        if field.many_to_many:
            values[name] = list(getattr(row, name).all())
        else:
            values[name] = getattr(row, name)
    return values


def form_field(field: Any, actor: Actor) -> forms.Field:
    """The form field of a model field."""
    options = {
        "label": field.verbose_name[:1].upper() + str(field.verbose_name)[1:],
        "required": not field.blank and not isinstance(field, models.BooleanField),
        "help_text": field.help_text,
    }
    if field.many_to_many:
        rows = permitted_rows(field.related_model, actor, "view")
        return forms.ModelMultipleChoiceField(queryset=rows, **options)
    if field.is_relation:
        return reference_choice(field.related_model, actor, **options)
    if is_translated(field):
        return TranslationsField(long=field.is_long, **options)
    if isinstance(field, ArrayField):
        return WordsField(**options)
    if isinstance(field, models.JSONField):
        return StructureField(**options)
    return figure_field(field, **options) or field.formfield(**options)
