"""What a declaration says wrongly is a fault at start, in words, before anything is taken in."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import path
from house.nouns import Region

from meridian.engine.commands import commands
from meridian.engine.pages.urls import refuse_clashes, resource_urls
from meridian.engine.resources import Ask, Resource, Verb, resource_of
from meridian.engine.resources.registry import refuse_clash

KNOWN = resource_of(Region)
PUBLISH = commands()["rules.edition.publish"].carry_out


def declared(**said: Any) -> type[Resource]:
    """Declare regions once more, differently."""
    return type("Again", (Resource,), {"model": Region, "address": "shires", "fields": KNOWN.fields, **said})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"address": "Two Words"}, "small letters"),
        ({"address": ""}, "small letters"),
        ({"pages": {"detial": "pages.region"}}, "no generated pages are called"),
        ({"verbs": (Verb(KNOWN.change, "Edit"),)}, "names of their own"),
        ({"verbs": (Verb(PUBLISH, "Publish"),)}, "is no verb of places.Region"),
        ({"verbs": (Verb(PUBLISH, "Publish", fields=(Ask("what"),)),)}, "is no verb of places.Region"),
    ],
)
def test_a_wrong_declaration_is_refused_in_words(said, words):
    with pytest.raises(TypeError, match=words):
        declared(**said)
    assert resource_of(Region) is KNOWN


def test_an_address_is_given_once():
    with pytest.raises(TypeError, match="both want the address"):
        refuse_clash(declared(address=KNOWN.address))


def test_a_hand_made_page_never_takes_a_generated_address_by_chance():
    made = [path(f"places/{KNOWN.address}/<int:key>/", lambda request, key: None)]
    with pytest.raises(ImproperlyConfigured, match="Name the page in `pages`"):
        refuse_clashes(made, resource_urls())


def test_an_own_page_that_is_not_there_is_named_at_start(monkeypatch):
    monkeypatch.setattr(KNOWN, "pages", {"detail": "pages.nowhere"})
    with pytest.raises(ImportError, match=r"places\.resources\.RegionResource: its page detail is to be"):
        resource_urls()
