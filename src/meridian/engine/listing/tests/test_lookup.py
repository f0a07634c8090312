"""A row is found by what people call it, and what nobody is called so is refused in words."""

import pytest
from house.factory import MAKER, make
from house.nouns import Account, DutyStation, Person, Region, Site, keeper

from meridian.engine.listing.listing import Listing
from meridian.engine.listing.lookup import NotKnown, referred_row, row_by_words
from meridian.engine.resources import resource_of

pytestmark = pytest.mark.django_db


def station(code: str, **names: str) -> DutyStation:
    return make(DutyStation, code=code, name={"en": code.title(), **names})


def test_a_row_is_found_by_key_id_and_name_in_any_language_and_case():
    kinshasa = station("FIH", en="Kinshasa", ar="كينشاسا", ru="Киншаса", fr="Kinshâsa")
    station("NBO", en="Nairobi")
    for text in (
        "FIH",
        str(kinshasa.pk),
        "FIH · Kinshasa",
        "kinshasa",
        " KINSHÂSA ",
        "fih",
        "كينشاسا",
        "КИНШАСА",
    ):
        assert referred_row(DutyStation, text, MAKER) == row_by_words(DutyStation, text, MAKER) == kinshasa, (
            text
        )


def test_the_beginning_of_a_name_filters_but_is_never_written():
    kinshasa = station("FIH", en="Kinshasa")
    assert row_by_words(DutyStation, "kinsh", MAKER) == kinshasa
    with pytest.raises(NotKnown, match="Did you mean “FIH · Kinshasa”"):
        referred_row(DutyStation, "kinsh", MAKER)


def test_a_name_of_several_rows_is_refused_with_their_keys():
    station("GVA", en="Geneva")
    station("GNV", en="Geneva")
    station("GNX", en="Genoa")
    for text in ("Geneva", "gen"):
        with pytest.raises(NotKnown) as refused:
            row_by_words(DutyStation, text, MAKER)
        assert "“GVA · Geneva”" in str(refused.value)
        assert "“GNV · Geneva”" in str(refused.value)
    assert row_by_words(DutyStation, "genoa", MAKER).code == "GNX"


def test_what_is_unknown_is_refused_with_the_near_ones():
    station("FIH", en="Kinshasa")
    for text in ("Kinshassa", "inshas"):
        with pytest.raises(NotKnown, match="“FIH · Kinshasa”"):
            row_by_words(DutyStation, text, MAKER)
    for text in ("", " ", " · ", "\0", "9" * 40, "x" * 100_000, "%", "_"):
        with pytest.raises(NotKnown):
            row_by_words(DutyStation, text, MAKER)


def test_a_person_is_found_by_both_names():
    person = make(Person, given_name="Zoë", family_name="Müller")
    make(Person, given_name="Zoë", family_name="Other")
    assert row_by_words(Person, "zoe muller", MAKER) == row_by_words(Person, "MULLER", MAKER) == person


def test_no_word_finds_or_suggests_a_row_that_the_actor_may_not_see():
    make(Account, username="hidden-name")
    for text in ("hidden-name", "hidden", "hidden-nam"):
        with pytest.raises(NotKnown) as refused:
            row_by_words(Account, text, keeper())
        assert "Did you mean" not in str(refused.value)


def test_a_filter_takes_what_people_type_and_marks_the_row_that_was_meant():
    kinshasa = station("FIH", en="Kinshasa")
    site = make(Site, duty_station=kinshasa)
    make(Site, duty_station=station("NBO", en="Nairobi"))
    asked = Listing(resource_of(Site), MAKER, {"duty_station": "Kinshasa"})
    assert asked.page().rows == [site]
    assert [(found.value, found.words) for found in asked.chosen] == [(str(kinshasa.pk), "Kinshasa")]


def test_a_register_of_many_regions_is_asked_in_few_statements(django_assert_max_num_queries):
    for number in range(30):
        make(Region, code=f"R{number}")
    with django_assert_max_num_queries(6), pytest.raises(NotKnown):
        row_by_words(Region, "nowhere", MAKER)
