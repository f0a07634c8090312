"""The REST interface is built for each module when it is first asked."""

import json
import re

import pytest
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern
from django.views.generic import View

from meridian.site import documents, interface


class Made(Exception):
    """Patterns were made."""


def test_pages_are_named_without_making_the_interface(monkeypatch):
    def make(_late):
        raise Made

    monkeypatch.setattr(interface.Late, "urlpatterns", property(make))
    house = URLResolver(RegexPattern(r"^/"), [path("x/", View.as_view(), name="x"), interface.late("api/")])
    assert house.reverse("x") == "x/"
    assert house.resolve("/x/").url_name == "x"
    with pytest.raises(Made):
        house.resolve("/api/places/sites")


def test_documents_are_served_as_they_are_written(client, monkeypatch):
    def describe(_module):
        raise Made

    monkeypatch.setattr(documents, "described", describe)
    whole = client.get("/api/openapi.json").json()
    for module in interface.modules_served():
        own = client.get(f"/api/{module}/openapi.json")
        assert own.content.decode() == (documents.FOLDER / f"{module}.json").read_text()
        assert own.json()["paths"].items() <= whole["paths"].items()
        for kind, parts in own.json()["components"].items():
            assert parts.items() <= whole["components"][kind].items(), (module, kind)
    assert client.get("/api/attic/openapi.json").status_code == 404


def test_a_module_whose_document_is_not_written_yet_is_asked(client, monkeypatch, tmp_path):
    written = client.get("/api/proof/openapi.json").json()
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    assert client.get("/api/proof/openapi.json").json() == written


def test_whatever_a_document_refers_to_is_there(client):
    text = client.get("/api/openapi.json").content.decode()
    parts = json.loads(text)["components"]
    named = {f"#/components/{kind}/{name}" for kind in parts for name in parts[kind]}
    assert set(re.findall(r'"\$ref": "([^"]+)"', text)) == named


def test_an_address_of_no_module_is_not_found(client):
    assert client.get("/api/attic/rooms").status_code == 404
