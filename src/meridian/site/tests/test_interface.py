"""The REST interface is built for each module when it is first asked."""

import pytest
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern
from django.views.generic import View

from meridian.site import interface
from meridian.site.endpoints import everything, of_module


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


def test_the_document_of_a_module_is_its_share_of_the_whole():
    whole = everything().get_openapi_schema()["paths"]
    for module in ("places", "proof"):
        own = of_module(f"/api/{module}/", module).get_openapi_schema()["paths"]
        assert own.keys() == {path for path in whole if path.startswith(f"/api/{module}/")} != set()


def test_an_address_of_no_module_is_not_found(client):
    assert client.get("/api/attic/rooms").status_code == 404
