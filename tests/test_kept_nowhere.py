"""What a signed-in person is shown is stored by nobody: every page and answer of every resource."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import get_resolver
from house.actors import stage

from meridian.engine.resources import resources

pytestmark = pytest.mark.django_db
# Answered by the same pages for every resource, or made in seconds: one of a kind would be enough.
THE_SAME_FOR_ALL = ("/worker.js",)
COSTLY = ("/new/", "/import/", "/bulk/", "/openapi.json")


def plain_addresses() -> list[str]:
    """Every address of the house that takes no parameter."""
    found = get_resolver().reverse_dict
    names = [name for name in found if isinstance(name, str)]
    return sorted(
        {f"/{way}" for name in names for way, parameters in found.getlist(name)[0][0] if not parameters}
    )


def test_no_answer_to_a_signed_in_person_is_stored_by_a_cache():
    client = stage().clients["lord"]
    ways = plain_addresses()
    ways += [f"/api/{resource.module()}/{resource.address}" for resource in resources()]
    assert len(ways) > 100
    stored = []
    for way in ways:
        if way.startswith(("/account/", *THE_SAME_FOR_ALL)) or way.endswith(COSTLY):
            continue
        answer = client.get(way)
        if "no-store" not in answer.get("Cache-Control", ""):
            stored.append((way, answer.status_code, answer.get("Cache-Control")))
    assert stored == []


def test_what_is_the_same_for_everybody_is_kept():
    address = staticfiles_storage.url("meridian/meridian.css")
    answer = Client().get(address)
    assert b"".join(answer.streaming_content)
    assert "max-age=" in answer["Cache-Control"]
    worker = Client().get("/worker.js")
    assert worker["Cache-Control"] == "no-cache"
    again = Client().get("/worker.js", headers={"If-None-Match": worker["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
