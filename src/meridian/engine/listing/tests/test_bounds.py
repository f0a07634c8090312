"""What a list is asked stays within what it can answer at once."""

import pytest
from django.http import QueryDict
from house.factory import MAKER, make
from house.nouns import Country, Site

from meridian.engine.listing import listing as lists
from meridian.engine.listing.listing import MOST_VALUES, Listing
from meridian.engine.listing.words import MOST_WORDS, holding
from meridian.engine.resources import resource_of

pytestmark = pytest.mark.django_db


def faults(query: str, resource=Country) -> dict[str, str]:
    return Listing(resource_of(resource), MAKER, QueryDict(query)).faults


def test_values_of_one_filter_are_bounded_and_the_first_unknown_one_ends_the_search(monkeypatch):
    asked = []

    def unknown(_model, text, _actor):
        asked.append(text)
        raise LookupError(text)

    monkeypatch.setattr(lists, "row_by_words", unknown)
    few, many = ("&".join(f"region=x{n}" for n in range(count)) for count in (MOST_VALUES, MOST_VALUES + 1))
    assert faults(few) == {"region": "x0"}
    assert asked == ["x0"]
    assert str(MOST_VALUES) in faults(many)["region"]
    assert asked == ["x0"]


def test_words_are_bounded_and_each_counts_once():
    make(Site)
    many = "+".join(f"w{n}" for n in range(MOST_WORDS + 1))
    assert str(MOST_WORDS) in faults(f"q={many}", Site)["q"]
    assert not faults(f"q={'+'.join('aA' * 40)}", Site)
    site = resource_of(Site)
    assert str(holding(site, MAKER, "a a a").children) == str(holding(site, MAKER, "a").children)


def test_what_is_no_text_is_called_so():
    assert "no text" in faults("q=a%00b", Site)["q"]
