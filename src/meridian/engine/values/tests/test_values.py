"""What is rendered is read back; what the trail keeps is told as it was."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings as house
from django.db import models
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.engine.figures import page_reader
from meridian.engine.resources import resources
from meridian.engine.translation import Translations
from meridian.engine.values import kind_of, read_value, unit_of, value_cell, value_text
from meridian.engine.values.changes import arrow
from meridian.engine.values.reading import kept_value
from meridian.engine.values.structures import structure_markup, structure_text, translated_markup

LANGUAGES = [code for code, _name in house.LANGUAGES]
FIELDS = [
    (resource.model._meta.label, resource.field(declared.name))
    for resource in resources()
    for declared in resource.fields
]
READ = [
    pytest.param(field, id=f"{label}.{field.name}")
    for label, field in FIELDS
    if not isinstance(field, models.GeneratedField)
    and kind_of(field) not in ("reference", "references", "structure", "translated", "text", "lines")
]
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


def values_of(field: Any) -> st.SearchStrategy[Any]:
    """Values that a field may hold."""
    kind = kind_of(field)
    if kind == "choice":
        return st.sampled_from([key for key, _words in field.flatchoices if key not in ("", None)])
    if kind == "truth":
        return st.booleans()
    if kind == "day":
        return DAYS
    if kind == "instant":
        minutes = st.integers(1, 60_000_000)
        return minutes.map(lambda number: datetime.datetime.fromtimestamp(60 * number, datetime.UTC))
    if kind == "languages":
        return st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)
    if kind == "words":
        return st.lists(st.sampled_from(["places.site", "P-4", "G-5"]), min_size=1, max_size=3)
    if isinstance(field, models.DecimalField):
        most = 10 ** (field.max_digits - field.decimal_places) - 1
        return st.decimals(-most, most, allow_nan=False, places=field.decimal_places)
    return st.integers(0, 30_000)


@pytest.mark.parametrize("field", READ)
@settings(max_examples=20)
@given(data=st.data())
def test_what_is_rendered_is_read_back(field, data):
    value = data.draw(values_of(field))
    for language in LANGUAGES:
        with translation.override(language), timezone.override(datetime.UTC):
            for with_unit in (False, True):
                text = value_text(field, value, with_unit=with_unit)
                found = read_value(field, text, page_reader(), _nobody)
                assert found == value, (language, text)


def _nobody(model: type[models.Model], text: str) -> models.Model:
    raise LookupError(text)


@pytest.mark.parametrize("field", READ)
def test_nothing_is_a_dash_and_a_dash_is_nothing(field):
    assert value_text(field, None) == "–"
    assert read_value(field, "–", page_reader(), _nobody) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quantity_bears_its_unit_where_no_heading_does(language):
    money = next(
        field for label, field in FIELDS if label == "budgets.FundingProposal" and field.name == "cost_usd"
    )
    share = next(field for _label, field in FIELDS if field.name == "discount_rate_percent")
    year = next(field for _label, field in FIELDS if field.name == "start_year")
    with translation.override(language):
        assert unit_of(money)
        assert value_text(money, Decimal("1234567.00")).endswith(unit_of(money))
        assert "1234567" not in value_text(money, Decimal("1234567.00"))
        assert value_cell(money, Decimal(3)).text == "3"
        assert value_text(share, Decimal("2.50")).startswith("2")
        assert "%" in value_text(share, Decimal("2.50"))
        assert value_text(year, 2026) == "2026"
        assert value_text(money, Decimal(0)) != "–"


def test_what_the_trail_keeps_is_told_as_it_was():
    by_kind = {
        kind_of(field): field for _label, field in FIELDS if not isinstance(field, models.GeneratedField)
    }
    assert kept_value(by_kind["day"], "2026-11-27") == datetime.date(2026, 11, 27)
    assert kept_value(by_kind["instant"], "2026-11-27T10:12:00+00:00").hour == 10
    assert kept_value(by_kind["money"], 2.5) == Decimal("2.50")
    assert kept_value(by_kind["translated"], {"en": "Network"}) == Translations({"en": "Network"})
    assert kept_value(by_kind["day"], "tomorrow") == "tomorrow"


def test_a_structure_is_a_small_table_and_one_line():
    value = {
        "starts_on": "2026-11-27",
        "share": 1234.5,
        "year": 2026,
        "parts": [{"a": 1, "b": None}, {"a": 2}],
    }
    with translation.override("en"):
        line, markup = structure_text(value), structure_markup(value)
    assert line == "Starts on: 27 November 2026; Share: 1,234.5; Year: 2026; Parts: A: 1; B: –, A: 2"
    assert markup.count("<table") == 2
    assert '<th scope="col">A</th>' in markup
    assert "&lt;b&gt;" in structure_markup({"x": "<b>"})


def test_a_large_structure_says_how_much_of_it_is_shown():
    assert "50 of 1,234 are shown." in structure_markup(list(range(1234)) and [{"a": n} for n in range(1234)])


def test_a_text_has_the_readers_language_first_and_the_others_folded():
    texts = Translations({"en": "Network", "fr": "Réseau", "ar": "شبكة"})
    with translation.override("fr"):
        markup = translated_markup(texts)
    assert markup.startswith('<bdi lang="fr">Réseau</bdi><details')
    assert '<dd lang="ar" dir="auto">شبكة</dd>' in markup
    with translation.override("ru"):
        assert translated_markup(texts).startswith('<bdi lang="')


def test_a_change_reads_in_the_direction_of_its_language():
    with translation.override("ar"):
        assert arrow() == "←"
    with translation.override("fr"):
        assert arrow() == "→"
