"""What a page prints, and what Django prints for it, a form reads back in every language."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import formats, timezone, translation
from django.utils.formats import number_format

from meridian.engine import figures
from meridian.engine.figures.fields import DayField, InstantField, NumberField, WholeField

LANGUAGES = [code for code, _name in settings.LANGUAGES]
VALUES = (Decimal("1234567.50"), Decimal("-1234.05"), Decimal("0.10"), Decimal("12"))
DAY, AT = datetime.date(2026, 4, 3), datetime.datetime(2026, 4, 3, 14, 5, tzinfo=datetime.UTC)


class Form(forms.Form):
    amount = NumberField(kind="amount", decimal_places=2, max_digits=18)
    percent = NumberField(kind="percent", decimal_places=2, required=False)
    count = WholeField(required=False)
    day = DayField(required=False)
    at = InstantField(required=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_django_prints_as_the_house_does(language):
    with translation.override(language):
        for value in VALUES[::2]:
            assert number_format(value, force_grouping=True) == figures.number_text(value)
        for kind in ("DATE_FORMAT", "SHORT_DATE_FORMAT"):
            assert figures.page_reader().day(formats.date_format(DAY, kind)) == DAY
            assert figures.page_reader().day(figures.day_text(DAY)) == DAY
        assert figures.page_reader().instant(formats.date_format(AT, "SHORT_DATETIME_FORMAT")) == AT.replace(
            tzinfo=None
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_written_out_and_a_list_parted_as_its_language_does(language):
    days = {"en": "3 April 2026", "fr": "3 avril 2026", "es": "3 de abril de 2026", "ru": "3 апреля 2026 г."}
    days |= {"zh-hans": "2026年4月3日", "ar": "3 أبريل 2026"}
    with translation.override(language):
        assert figures.day_text(DAY) == days[language]
        assert figures.page_reader().words(figures.list_text(["a b", "c"])) == ["a b", "c"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_reads_what_the_page_prints(language):
    page = Template(
        "{% load figures %}{{ value|amount:2 }};{{ value|percent:2 }};{{ count|number }}"
        ";{{ day|day }};{{ at|instant }}"
    )
    with translation.override(language):
        for value in VALUES:
            printed = page.render(Context({"value": value, "count": 12345, "day": DAY, "at": AT})).split(";")
            form = Form(dict(zip(Form.base_fields, printed, strict=True)))
            assert form.is_valid(), form.errors
            assert form.cleaned_data == {
                "amount": value,
                "percent": value,
                "count": 12345,
                "day": DAY,
                "at": AT,
            }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_sent_unchanged_changes_nothing(language):
    initial = {"amount": VALUES[1], "percent": Decimal("2.5"), "count": 2026, "day": DAY}
    initial["at"] = AT.replace(second=7, microsecond=13)
    with translation.override(language):
        shown = Form(initial=initial)
        sent = {field.name: field.field.widget.format_value(field.value()) for field in shown}
        form = Form(sent, initial=initial)
        assert form.is_valid(), form.errors
        assert form.cleaned_data == initial
        assert 'type="number"' not in str(shown)


def test_a_text_with_two_readings_is_refused_at_its_field():
    with translation.override("fr"):
        form = Form({"amount": "1.234", "count": "2,5", "day": "31/02/2026"})
        assert not form.is_valid()
        assert "1234" in form.errors["amount"][0]
        assert "1,234" in form.errors["amount"][0]
        assert set(form.errors) == {"amount", "count", "day"}


def test_an_hour_that_the_clocks_skip_is_refused():
    with timezone.override("Europe/Zurich"), pytest.raises(ValidationError):
        InstantField().clean("2026-03-29T02:30")
