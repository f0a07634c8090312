"""A fault of the program has a number, stands in the log under it and leads back; even without a database."""

import logging
import re

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import PUBLIC, needs
from meridian.site import urls

handler500 = urls.handler500


@needs(PUBLIC)
@takes("of")
def breaks(request: HttpRequest) -> HttpResponse:
    raise ArithmeticError("as it happens")


urlpatterns = [path("broken/", breaks), path("api/broken/", breaks), *urls.urlpatterns]
NUMBER = re.compile(r"\d{8}-[0-9a-f]{8}")


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def number_of(answer: HttpResponse) -> str:
    assert answer.status_code == 500
    found = NUMBER.search(answer.content.decode())
    assert found
    return found[0]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("way", ["/broken/", "/api/broken/"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_fault_is_recorded_once_with_its_number_and_its_request(visitor, caplog, way, headers):
    with caplog.at_level(logging.ERROR):
        number = number_of(visitor.get(f"{way}?of=what", headers=headers))
    (record,) = [found for found in caplog.records if found.levelno >= logging.ERROR]
    assert number in record.getMessage()
    assert f"GET '{way}?of=what'" in record.getMessage()
    assert record.exc_info[0] is ArithmeticError


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_leads_back_to_the_page_of_the_house_from_which_one_came(visitor):
    came_from = {"Host": "localhost", "Referer": "http://localhost/people/?q=a"}
    for part in ({}, {"HX-Request": "true"}):
        assert 'href="/people/?q=a"' in visitor.get("/broken/", headers=came_from | part).content.decode()
    for foreign in ("http://evil.example/people/", "http://localhost//evil.example/", "javascript:alert(1)"):
        page = visitor.get("/broken/", headers=came_from | {"Referer": foreign}).content.decode()
        assert "evil.example" not in page
        assert "javascript:" not in page


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_part_of_a_page_and_a_program_are_told_in_their_own_form(visitor):
    part = visitor.get("/broken/", headers={"HX-Request": "true"}).content.decode()
    assert 'role="alert"' in part
    assert "<html" not in part
    problem = visitor.get("/api/broken/")
    assert problem["Content-Type"] == "application/problem+json"
    assert number_of(problem) in problem.json()["detail"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["/", "/api/access/accounts", "/search/?q=a"])
def test_a_fault_is_told_when_the_database_is_gone(visitor, way):
    visitor.cookies["meridian_session"] = "x" * 32
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "no-such-database"
    try:
        answer = visitor.get(way)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert number_of(answer)
