"""The form of an invitation, for the page of who signs in and for the link of a mail."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from meridian.engine.translation import in_language
from meridian.work.surveys.models import Invitation, Question


def score_words() -> list[tuple[int, str]]:
    """The scores with what they mean, the best first."""
    return [
        (5, _("5 · very good")),
        (4, _("4 · good")),
        (3, _("3 · fair")),
        (2, _("2 · bad")),
        (1, _("1 · very bad")),
    ]


def answer_form(row: Invitation, questions: Sequence[Question]) -> type[forms.Form]:
    """A form of these questions, with the reasons of the set and room for words."""
    fields: dict[str, Any] = {
        field_of(question): forms.TypedChoiceField(
            label=in_language(question.text),
            coerce=int,
            empty_value=None,
            choices=score_words(),
            widget=forms.RadioSelect,
            required=row.item_id is not None,
        )
        for question in questions
    }
    reasons = [(one.code, in_language(one.name)) for one in row.question_set.reasons.order_by("pk")]
    if reasons:
        fields["reasons"] = forms.MultipleChoiceField(
            label=_("Why? (you may leave it out)"),
            choices=reasons,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    fields["text"] = forms.CharField(
        label=_("In your own words, in your own language"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Below 3 of 5 a few words are needed: somebody will call you.") if row.item_id else "",
    )
    return type("AnswerForm", (forms.Form,), fields)


def field_of(question: Question) -> str:
    return f"score_{question.code}"


def given_in(questions: Sequence[Question], given: Mapping[str, Any]) -> dict[str, int]:
    """The scores that a form holds, by the code of the question."""
    found = {question.code: given.get(field_of(question)) for question in questions}
    return {code: score for code, score in found.items() if score}
