"""A form for many rows at once: every field stays as it is unless somebody says otherwise.

0, "no" and "make it empty" are answers as good as any other; nothing is preselected.
"""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from meridian.engine.inputs.build import ResourceForm, form_field
from meridian.engine.inputs.fields import KEPT
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource, is_translated
from meridian.engine.translation import Translations

LEAVE = _("Leave as it is")
CLEARING = "-clear"


class BulkForm(ResourceForm):
    """`values()` gives only what was answered; `changes_of` what that means for one row."""

    resource: type[Resource]

    def clean(self) -> dict[str, Any]:
        for name in self._clearing():
            if name in self._filled:
                self.add_error(name, _("Either give a value or make it empty, not both."))
        if not self.errors and not self._filled and not self._clearing():
            self.add_error(None, _("Nothing is to be changed yet: give at least one field a value."))
        return dict(self.cleaned_data)

    def values(self) -> dict[str, Any]:
        """The fields that somebody answered, with the answer."""
        given = {
            name: self.cleaned_data[name] for name in self._filled if self.cleaned_data[name] is not KEPT
        }
        return given | {name: empty_value(self.resource.field(name)) for name in self._clearing()}

    def changes_of(self, row: models.Model) -> dict[str, Any]:
        """The answers for one row: a text in some languages leaves its others as they are."""
        values = self.values()
        for name, value in values.items():
            if isinstance(value, Translations) and value:
                values[name] = Translations({**getattr(row, name), **value})
        return values

    @cached_property
    def _filled(self) -> list[str]:
        names = [name for name in self.fields if not name.endswith(CLEARING)]
        return [name for name in names if _is_answered(self[name].data)]

    def _clearing(self) -> list[str]:
        return [
            name.removesuffix(CLEARING)
            for name in self.fields
            if name.endswith(CLEARING) and self.cleaned_data.get(name)
        ]

    def rows_of_fields(self) -> list[dict[str, Any]]:
        """Each field with the box that empties it, if it can be empty."""
        return [
            {"field": self[name], "clear": self[name + CLEARING] if name + CLEARING in self.fields else None}
            for name in self.fields
            if not name.endswith(CLEARING)
        ]


def bulk_form(resource: type[Resource], actor: Actor) -> type[BulkForm]:
    """The form class by which many rows of a resource are changed."""
    fields: dict[str, Any] = {"resource": resource}
    for name in resource.form_fields():
        field = resource.field(name)
        fields[name] = _left(field, form_field(field, actor))
        if field.blank or field.null:
            fields[name + CLEARING] = forms.BooleanField(
                label=_("Make it empty"), required=False, label_suffix=""
            )
    return type(f"{resource.__name__}BulkForm", (BulkForm,), fields)


def empty_value(field: Any) -> Any:
    """What stands in a field that is empty."""
    if field.many_to_many or isinstance(field, ArrayField):
        return []
    if field.null:
        return None
    if is_translated(field):
        return Translations()
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    return ""


def _left(field: Any, shown: forms.Field) -> forms.Field:
    """The field with "leave as it is" as its first answer."""
    if isinstance(shown, forms.BooleanField) or isinstance(field, models.BooleanField):
        return forms.TypedChoiceField(
            label=shown.label,
            help_text=shown.help_text,
            required=False,
            choices=[("", LEAVE), ("true", _("Yes")), ("false", _("No"))],
            coerce=lambda text: text == "true",
        )
    if isinstance(shown, forms.ModelMultipleChoiceField):
        shown.help_text = _("Nothing picked: left as it is.")
    elif isinstance(shown, forms.ModelChoiceField):
        shown.empty_label = LEAVE
    elif isinstance(shown, forms.ChoiceField):
        choices: Any = shown.choices
        options = [(key, words) for key, words in choices if key not in ("", None)]
        shown.choices = [("", LEAVE), *options]
    else:
        shown.help_text = " ".join(filter(None, [str(_("Empty: left as it is.")), str(shown.help_text)]))
    shown.required, shown.initial = False, None
    for part in getattr(shown, "fields", ()):
        part.required = False
    return shown


def _is_answered(data: Any) -> bool:
    """Whether somebody typed or picked something: 0 and "false" are answers, spaces are none."""
    if isinstance(data, list | tuple):
        return any(_is_answered(part) for part in data)
    return data is not None and str(data).strip() != ""
