"""The form by which a question of an item is written, in six languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.inputs.fields import TranslationsField
from meridian.engine.listing.parameters import whole_number
from meridian.engine.translation import in_language, language_codes
from meridian.work.catalogue import rules

TYPES = (
    ("text", gettext_lazy("A line of text")),
    ("long", gettext_lazy("Several lines of text")),
    ("number", gettext_lazy("A number")),
    ("date", gettext_lazy("A day")),
    ("choice", gettext_lazy("One of several")),
    ("many", gettext_lazy("Some of several")),
    ("yes", gettext_lazy("Yes or no")),
)
PARTED, BETWEEN = "|", "="


def question_form(questions: Sequence[Mapping[str, Any]], edited: str) -> type[forms.Form]:
    """The form of a question; its conditions ask of those before it."""
    before = []
    for field in questions:
        if field["key"] == edited:
            break
        before.append(field)
    pairs = [
        (f"{field['key']}{BETWEEN}{key}", f"{in_language(field['label'])}: {words}")
        for field in before
        if field["type"] in rules.CHOSEN
        for key, words in _options(field)
    ]
    fields: dict[str, forms.Field] = {
        "key": forms.CharField(
            label=_("Key"),
            max_length=40,
            help_text=_("Small letters, digits and underscores; answers keep it."),
        ),
        "type": forms.ChoiceField(label=_("How it is answered"), choices=TYPES),
        "label": TranslationsField(label=_("Question")),
        "help": TranslationsField(label=_("Help"), required=False),
        "is_needed": forms.BooleanField(label=_("Has to be answered"), required=False),
        "repeats": forms.CharField(label=_("How many answers at most"), initial="1", max_length=2),
        "options": forms.CharField(
            label=_("What can be chosen"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            help_text=_("One a line: the key, then the words in %(languages)s, parted by |.")
            % {"languages": ", ".join(language_codes())},
        ),
    }
    if pairs:
        fields["when"] = forms.MultipleChoiceField(
            label=_("Asked only when one of these was chosen"),
            choices=pairs,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Of several questions, one of each; nothing ticked is always."),
        )
    return type("QuestionForm", (forms.Form,), fields)


def _options(field: Mapping[str, Any]) -> list[tuple[str, str]]:
    if field["type"] == "yes":
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(option["key"], in_language(option.get("label"))) for option in field.get("options", ())]


def initial_of(field: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a question shows of it."""
    rows = [
        f" {PARTED} ".join(
            [option["key"], *(option.get("label", {}).get(code, "") for code in language_codes())]
        )
        for option in field.get("options", ())
    ]
    condition = field.get("when") or {}
    parts = condition.get("all", [condition] if "field" in condition else [])
    pairs = [f"{part['field']}{BETWEEN}{key}" for part in parts if "field" in part for key in part["in"]]
    return {
        **{name: field.get(name) for name in ("key", "type", "label", "help", "is_needed")},
        "repeats": str(field.get("repeats", 1)),
        "options": "\n".join(rows),
        "when": pairs,
    }


def question_from(given: Mapping[str, Any]) -> dict[str, Any]:
    """The question that the form holds."""
    count = given["repeats"].strip()
    question: dict[str, Any] = {
        "key": given["key"].strip(),
        "type": given["type"],
        "label": dict(given["label"]),
        "help": dict(given["help"] or {}),
        "is_needed": given["is_needed"],
        "repeats": whole_number(count) or 0,
    }
    if given["type"] in ("choice", "many"):
        question["options"] = [_option(line) for line in given["options"].splitlines() if line.strip()]
    asked: dict[str, list[str]] = {}
    for pair in given.get("when") or ():
        name, _equals, key = pair.partition(BETWEEN)
        asked.setdefault(name, []).append(key)
    if asked:
        question["when"] = {"all": [{"field": name, "in": keys} for name, keys in asked.items()]}
    return question


def _option(line: str) -> dict[str, Any]:
    key, *words = [part.strip() for part in line.split(PARTED)]
    labels = {code: text for code, text in zip(language_codes(), words, strict=False) if text}
    return {"key": key, "label": labels}
