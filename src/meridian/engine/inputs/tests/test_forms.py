"""What a form shows of a row and gets back unchanged is the row."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from house.factory import MAKER, make
from house.nouns import DutyStation, Person, Region, Site, Unit, keeper, region, unit
from hypothesis import given
from hypothesis import strategies as some

from meridian.engine.inputs.build import build_form, initial_values
from meridian.engine.inputs.fields import (
    FEW_ROWS,
    ReferenceField,
    TranslationsField,
    WordsField,
    reference_text,
)
from meridian.engine.resources import Sight, resource_of
from meridian.engine.translation import Translations, language_codes

SIGHT = Sight(MAKER)
WORDS = some.text("abcé中", min_size=1, max_size=4)
TEXTS = some.dictionaries(some.sampled_from(language_codes()), WORDS).map(
    lambda texts: texts | {"en": "English"}
)


@given(TEXTS)
def test_a_text_in_several_languages_comes_back(texts):
    field = TranslationsField()
    assert field.clean(field.widget.decompress(Translations(texts))) == texts


@given(some.lists(WORDS, max_size=5))
def test_a_list_of_words_comes_back(words):
    field = WordsField(required=False)
    assert field.clean(field.prepare_value(words)) == words
    assert field.clean("\n".join(words)) == words


def posted(form) -> QueryDict:
    """What a browser sends of a form that nobody touched."""
    data = QueryDict(mutable=True)
    for field in form:
        value, widget = field.value(), field.field.widget
        if hasattr(widget, "widgets_names"):
            for suffix, text in zip(widget.widgets_names, widget.decompress(value), strict=True):
                data[f"{field.html_name}{suffix}"] = text
        elif isinstance(value, bool):
            if value:
                data[field.html_name] = "on"
        elif value is not None:
            text = widget.format_value(field.field.prepare_value(value))
            data[field.html_name] = text[0] if isinstance(text, list) else text or ""
    return data


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Region, Site, Unit, Person, DutyStation])
def test_an_untouched_form_gives_the_rows_own_values(model):
    row = make(model)
    row.refresh_from_db()
    resource = resource_of(model)
    form_class = build_form(resource, MAKER)
    initial = initial_values(resource, row)
    form = form_class(posted(form_class(initial=initial)))
    if model is DutyStation:
        assert set(form.errors) <= {"zone"}
        return
    assert form.is_valid(), form.errors
    assert form.values() == initial


@pytest.mark.django_db
def test_a_reference_is_named_by_its_key_and_read_back():
    row = region("EAST", name={"en": "The East"})
    field = ReferenceField(Region, MAKER)
    assert reference_text(row, SIGHT) == "EAST · The East"
    assert field.clean(reference_text(row, SIGHT)) == field.clean("EAST") == field.clean(str(row.pk)) == row
    for text in ("NOWHERE", "999999", "' OR 1=1"):
        with pytest.raises(ValidationError, match="There is no region"):
            field.clean(text)


@pytest.mark.django_db
def test_few_rows_are_a_select_and_many_an_input_of_those_one_may_see():
    make(Site)
    few = build_form(resource_of(Site), MAKER)().fields["duty_station"]
    assert not isinstance(few, ReferenceField)
    for place in range(FEW_ROWS + 1):
        unit(f"UNIT-{place}")
    many = build_form(resource_of(Unit), keeper())().fields["parent"]
    assert isinstance(many, ReferenceField)
    assert "<option" not in str(build_form(resource_of(Unit), MAKER)()["parent"])
