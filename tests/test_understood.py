"""What is not understood is refused, in words: every list, export, page and interface of the house.

Generated from the registry and the table of addresses; nothing here names a page.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from house.actors import Stage, stage
from house.factory import make
from house.shares import least, some_by, some_of

import meridian
from meridian.engine.pages.asked import HOUSE
from meridian.engine.resources import Resource, resources
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
NONSENSE = "no-such-thing-anywhere"
FILLED = {"int": "1", "str": "nothing", "slug": "nothing", "path": "nothing"}


@pytest.fixture
def house() -> Stage:
    return stage()


def asked_of(resource: type[Resource]) -> Iterator[tuple[str, str]]:
    """(parameter, value) that say nothing to the list of a resource."""
    yield "nonsense", "1"
    yield "utm_source", "newsletter"
    yield "sort", NONSENSE
    yield "after", NONSENSE
    yield "before", NONSENSE
    for row in resource.filters():
        field: Any = resource.field(row.name)
        if isinstance(field, models.DateField):
            yield f"{row.name}_from", NONSENSE
            yield f"{row.name}_to", NONSENSE
            yield row.name, "2026-01-01"
        elif field.is_relation or field.choices or not isinstance(field, models.CharField | models.TextField):
            yield row.name, NONSENSE
            yield row.name, "\0"
        yield f"{row.name}__isnull", "1"


def test_every_filter_of_every_list_refuses_nonsense_and_shows_no_row(house):
    """On the page, in the file and over REST; the fault names the parameter."""
    client = house.clients["lord"]
    asked = 0
    for resource in some_of(resources(), "filters"):
        row = make(resource.model, {Unit: house.here})
        page = f"/{resource.module()}/{resource.address}/"
        api = f"/api/{resource.module()}/{resource.address}"
        for name, value in asked_of(resource):
            answer = client.get(page, {name: value})
            assert answer.status_code == 422, (page, name, value)
            if answer.context and "table" in answer.context:
                assert not answer.context["table"].rows, (page, name)
                assert f'value="{row.pk}" aria-label' not in answer.content.decode()
            assert 'role="alert"' in answer.content.decode(), (page, name)
            if resource.file_fields() and name not in ("after", "before"):
                refused = client.get(f"{page}export/csv/", {name: value})
                assert (refused.status_code, refused.streaming) == (422, False), (page, name)
            if resource.api_fields("r"):
                problem = client.get(api, {name: value})
                assert problem.status_code == 422, (api, name, problem.content)
                assert name in [fault["field"] for fault in problem.json()["errors"]], (api, name)
            asked += 1
    assert asked > least(500)


def addresses(resolver: URLResolver, stem: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address of the house's own pages, its parts filled with something."""
    for found in resolver.url_patterns:
        path = stem + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from addresses(found, path)
        elif isinstance(found, URLPattern) and found.callback.__module__.startswith(HOUSE):
            yield re.sub(r"<(\w+):\w+>", lambda part: FILLED[part[1]], path), found.callback


def room_of_page(found: tuple[str, Any]) -> str:
    return (*found[1].__module__.split("."), "", "")[2]


def test_every_page_refuses_a_parameter_that_it_does_not_know(house):
    """By the frame of all pages, before the page itself is asked; the words name the parameter."""
    client = house.clients["lord"]
    asked = 0
    for path, page in some_by(addresses(get_resolver()), "pages", room_of_page):
        answer = client.get(path, {"no_such_parameter": "1"})
        by_itself = getattr(page, "parameters", ()) is None
        # A page that reads its address by itself may first find that it has no such row or no GET.
        allowed = (422, 302, 404, 405) if by_itself else (422,)
        if answer.status_code == 403:
            # The door comes first: nobody learns what a page takes who may not enter it.
            assert client.get(path).status_code == 403, path
            continue
        assert answer.status_code in allowed, (path, answer.status_code)
        if answer.status_code == 422:
            assert "no_such_parameter" in answer.content.decode(), path
        asked += 1
    assert asked > least(300)


def read_names(function: ast.FunctionDef) -> set[str]:
    """The parameters that a function reads by name from its request's address."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "request.GET.get":
            found.add(ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else "")
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "request.GET":
            found.add(node.slice.value if isinstance(node.slice, ast.Constant) else "")
    return found - {""}


def test_a_page_understands_every_parameter_that_it_reads():
    """What a page links to itself with is never refused by the frame around it."""
    asked = 0
    for path in Path(meridian.__file__).parent.rglob("*.py"):
        if "/tests/" in path.as_posix() or "request.GET" not in (text := path.read_text(encoding="utf-8")):
            continue
        for function in [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]:
            marks = [mark for mark in map(ast.unparse, function.decorator_list) if mark.startswith("takes(")]
            if marks and (read := read_names(function)):
                known = {name for mark in marks for name in re.findall(r"'(\w+)'", mark)}
                assert read <= known, (path, function.name, read - known)
                asked += 1
    assert asked > 3


def test_a_page_refused_for_a_parameter_leads_to_itself_without_it(house):
    answer = house.clients["lord"].get("/search/", {"q": "mail", "fbclid": "x"})
    assert answer.status_code == 422
    assert 'href="/search/?q=mail"' in answer.content.decode()


def test_every_interface_refuses_a_parameter_that_it_does_not_know(house):
    client = house.clients["lord"]
    for resource in resources():
        if resource.api_fields("r"):
            row = make(resource.model, {Unit: house.here})
            way = f"/api/{resource.module()}/{resource.address}/{row.pk}"
            for send in (client.get, client.patch, client.delete):
                answer = send(f"{way}?no_such_parameter=1", content_type="application/json")
                assert answer.status_code in (403, 405, 422), (way, answer.content)
            assert client.get(f"{way}?no_such_parameter=1").status_code == 422, way
            assert resource.model._base_manager.filter(pk=row.pk).exists()
