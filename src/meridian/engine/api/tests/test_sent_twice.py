"""A form that is sent twice, such as by a double click, is carried out once, with or without JavaScript."""

import re

import pytest
from django.test import Client
from house.actors import stage
from house.nouns import Region

pytestmark = pytest.mark.django_db
NEW = "/places/regions/new/"


@pytest.fixture
def lord() -> Client:
    return stage().clients["lord"]


def key_of(client: Client) -> str:
    """The key in a form as it was just shown."""
    return re.search(r'name="once" value="([0-9a-f]{32})"', client.get(NEW).content.decode())[1]


def test_the_second_ends_where_the_first_did(lord):
    typed = {"code": "EAST", "name_en": "The East", "once": key_of(lord)}
    first, second = (lord.post(NEW, typed) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Region.objects.filter(code="EAST").count() == 1


def test_what_was_refused_may_be_sent_again_and_another_form_is_another_wish(lord):
    typed = {"code": "EAST", "name_en": "The East"}
    key = key_of(lord)
    assert lord.post(NEW, typed | {"name_en": "", "once": key}).status_code == 422
    assert lord.post(NEW, typed | {"once": key}).status_code == 302
    assert lord.post(NEW, typed | {"once": key_of(lord)}).status_code == 422
    assert lord.post(NEW, typed | {"code": "WEST", "once": key}).status_code == 302
