"""Form fields for what Django has no field for: six-language texts, lists, references, JSON."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from meridian.engine.listing.lookup import reference_text, referred_row
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import UNSEEN, Sight, has_resource, unseen_text
from meridian.engine.translation import SOURCE_LANGUAGE, Translations, language_codes

FEW_ROWS = 60


class Kept:
    """What a reference field gives when it holds a row that is not the actor's to see: stay as you are."""


KEPT = Kept()


class LanguageInputs(forms.MultiWidget):
    """One input a language, each marked with its language for screen readers and spelling."""

    template_name = "inputs/languages.html"
    use_fieldset = True

    def __init__(self, long: bool) -> None:
        widget = forms.Textarea if long else forms.TextInput
        names = dict(settings.LANGUAGES)
        super().__init__(
            {
                code: widget(attrs={"lang": code, "dir": "auto", "aria-label": names[code]})
                for code in language_codes()
            }
        )

    def decompress(self, value: Any) -> list[str]:
        return [(value or {}).get(code, "") for code in language_codes()]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, (_code, language) in zip(context["widget"]["subwidgets"], settings.LANGUAGES, strict=True):
            part["language"] = language
        return context


class TranslationsField(forms.MultiValueField):
    """Gives a `Translations`; English is needed when the field is."""

    def __init__(self, *, long: bool = False, required: bool = True, **options: Any) -> None:
        if required and not options.get("help_text"):
            options["help_text"] = _("English is needed. Other languages can be added afterwards.")
        parts = [forms.CharField(required=required and code == SOURCE_LANGUAGE) for code in language_codes()]
        super().__init__(
            parts, widget=LanguageInputs(long), required=required, require_all_fields=False, **options
        )

    def compress(self, values: list[str]) -> Translations:
        pairs = zip(language_codes(), values or [], strict=False)
        return Translations({code: text for code, text in pairs if text})


class WordsField(forms.CharField):
    """A list of words, one a line or between commas."""

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text=options.pop("help_text", "") or _("Separate by commas."), **options)

    def prepare_value(self, value: Any) -> str:
        return ", ".join(value) if isinstance(value, list | tuple) else value or ""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [word.strip() for word in text.replace("\n", ",").split(",") if word.strip()]


class StructureField(forms.JSONField):
    """JSON, shown indented."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            # Numbers of thousands of digits, or brackets without end.
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Shown again as it was typed, unread."""
        return initial if self.disabled else InvalidJSONInput(data or "")

    def prepare_value(self, value: Any) -> str:
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


class ReferenceInput(forms.TextInput):
    """A text input with suggestions; without JavaScript the key is typed."""

    template_name = "inputs/reference.html"

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.source = reverse_lazy("lookup", args=(model._meta.label_lower,))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        identifier = (attrs or {}).get("id", f"id_{name}")
        suggestions = {
            "list": f"{identifier}_list",
            "hx-get": self.source,
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{identifier}_list",
        }
        return super().get_context(name, value, {**(attrs or {}), **suggestions})


class ReferenceField(forms.CharField):
    """A row of another table by its natural key, as the actor can see it."""

    def __init__(self, model: type[models.Model], actor: Actor, **options: Any) -> None:
        self.model = model
        self.actor = actor
        super().__init__(widget=ReferenceInput(model), **options)

    def prepare_value(self, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, int):
            value = self.model._base_manager.filter(pk=value).first()
        if isinstance(value, models.Model) and not Sight(self.actor).sees(self.model, value.pk):
            return unseen_text()
        return value if isinstance(value, str) else reference_text(value, Sight(self.actor))

    def clean(self, value: Any) -> models.Model | Kept | None:
        text = super().clean(value)
        if not text:
            return None
        if text == unseen_text():
            return KEPT
        try:
            return referred_row(self.model, text, self.actor)
        except LookupError as fault:
            raise ValidationError(str(fault)) from None


class ReferenceChoice(forms.ModelChoiceField):
    """One of the few rows that the actor sees; a row that is not theirs to see stays chosen, unnamed."""

    def __init__(self, actor: Actor, **options: Any) -> None:
        self.sight = Sight(actor)
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        key = super().prepare_value(value)
        if key in (None, ""):
            return key
        if key != UNSEEN and not _may_be_key(key):
            return key  # sent, and no row's key: `clean` has refused it
        rows: Any = self.queryset
        if key == UNSEEN or not rows.filter(pk=key).exists():
            choices: Any = self.choices
            self.widget.choices = [*choices, (UNSEEN, unseen_text())]
            return UNSEEN
        return key

    def label_from_instance(self, row: models.Model) -> str:
        return self.sight.title(row)

    def clean(self, value: Any) -> Any:
        return KEPT if value == UNSEEN else super().clean(value)


def _may_be_key(value: Any) -> bool:
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 19


def reference_choice(model: type[models.Model], actor: Actor, **options: Any) -> forms.Field:
    """A select list while the rows are few, else an input with suggestions."""
    rows = permitted_rows(model, actor) if has_resource(model) else model._default_manager.all()
    if rows.order_by()[: FEW_ROWS + 1].count() > FEW_ROWS:
        return ReferenceField(model, actor, **options)
    return ReferenceChoice(actor, queryset=rows, **options)
