"""A text in six languages: the reader's, else English, else any."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from house.factory import MAKER
from house.nouns import Region, change_region, region
from hypothesis import given
from hypothesis import strategies as some

from meridian.engine.commands import Refusal
from meridian.engine.translation import TranslatedField, Translations, in_language, language_codes
from meridian.kernel.words import can_be_seen

TEXTS = some.dictionaries(some.sampled_from(language_codes()), some.text(min_size=1, max_size=5))


@given(TEXTS, some.sampled_from(language_codes()))
def test_the_readers_language_comes_first_then_english_then_any(texts, language):
    expected = texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
    assert in_language(texts, language) == expected
    with override(language):
        assert str(Translations(texts)) == expected


def test_nothing_is_an_empty_text():
    assert in_language(None) == in_language({}) == ""


@given(TEXTS.filter(lambda texts: texts and all(map(can_be_seen, texts.values()))))
def test_known_languages_are_valid_and_others_are_not(texts):
    field = TranslatedField()
    field.validate(Translations(texts), None)
    with pytest.raises(ValidationError, match="tlh"):
        field.validate(Translations(texts | {"tlh": "nuqneH"}), None)


@pytest.mark.django_db
def test_what_is_stored_comes_back():
    names = {"en": "East", "ar": "شرق", "zh-hans": "东", "ru": "Восток"}
    row = region("EAST", name=names)
    assert str(row) == "East"
    row.refresh_from_db()
    assert isinstance(row.name, Translations)
    assert row.name == names
    assert change_region(actor=MAKER, row=row, name="Plain words").name == {"en": "Plain words"}
    with pytest.raises(Refusal):
        change_region(actor=MAKER, row=row, name={})
    assert Region.objects.filter(name__en="Plain words").exists()
