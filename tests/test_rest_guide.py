"""Every example of the REST guide is sent, in its order, and answered as the guide says."""

import itertools
import json
import re
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from house.actors import stage
from house.databases import PROJECT_FOLDER
from house.factory import make

from meridian.registers.access.models import Token
from meridian.registers.access.rules import digest_of
from meridian.registers.organisation.models import Unit
from meridian.registers.places.models import DutyStation, Site
from meridian.work.projects.models import Project

pytestmark = pytest.mark.django_db
GUIDE = PROJECT_FOLDER / "docs" / "developers" / "rest.md"
EXAMPLE = re.compile(r"^```http\n(?P<head>.*?)(?:\n\n(?P<body>.*?))?\n```$", re.MULTILINE | re.DOTALL)
ANY = "…"


@pytest.fixture
def program() -> Client:
    """A program with a token for everything, and the rows of which the guide tells."""
    make(
        Token,
        account=stage().accounts["lord"],
        digest=digest_of("mer_of_the_guide"),
        scopes=["*"],
        name="guide",
    )
    goma, kinshasa = (make(DutyStation, code=code) for code in ("GOM", "FIH"))
    for number, code, name, station, width, criticality in (
        (7001, "GOMA-1", "Goma", goma, "C", 1),
        (7002, "KINSHASA-1", "Kinshasa", kinshasa, "B", 2),
        (7003, "KINSHASA-2", "Kinshasa, airport", kinshasa, "C", 1),
    ):
        facts = {"duty_station": station, "bandwidth_class": width, "criticality": criticality}
        measured = {"round_trip_milliseconds": 640, "opened_on": "2019-03-01"} if station is goma else {}
        make(Site, id=number, code=code, name=name, **facts, **measured)
    project = {"code": "MOVE", "name": {"en": "Move of the server room"}, "unit": make(Unit, code="ICT")}
    make(Project, id=7007, starts_on="2026-03-02", ends_on="2026-05-29", kind="project", **project)
    return Client()


def is_as_told(told: Any, given: Any, ids: dict[int, int]) -> bool:
    """Whether an answer is the guide's; an id that the guide makes up is learnt."""
    if told == ANY:
        return given is not None
    if isinstance(told, dict) and isinstance(given, dict):
        if isinstance(told.get("id"), int):
            ids.setdefault(told["id"], given.get("id", 0))
            told = {**told, "id": ids[told["id"]]}
        return told.keys() == given.keys() and all(is_as_told(told[name], given[name], ids) for name in told)
    if isinstance(told, list) and isinstance(given, list):
        return len(told) == len(given) and all(map(is_as_told, told, given, itertools.repeat(ids)))
    return bool(told == given)


def headers_of(lines: list[str]) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in lines)


def sent(program: Client, example: re.Match[str], ids: dict[int, int]) -> HttpResponseBase:
    """The answer to a request as the guide writes it."""
    first, *lines = example["head"].splitlines()
    method, way = first.split(" ", 1)
    way = re.sub(r"(?<=/)\d+(?=/|$)", lambda found: str(ids.get(int(found[0]), found[0])), way)
    headers = {"Authorization": "Bearer mer_of_the_guide", **headers_of(lines)}
    body = example["body"] or ""
    return program.generic(method, way, body, "application/json" if body else "", headers=headers)


def test_every_example_is_answered_as_the_guide_says(program):
    examples = list(EXAMPLE.finditer(GUIDE.read_text(encoding="utf-8")))
    assert len(examples) > 40
    ids: dict[int, int] = {}
    for asked, told in zip(examples[::2], examples[1::2], strict=True):
        answer = sent(program, asked, ids)
        given = b"".join(answer).decode("utf-8-sig")
        about = f"{asked['head']}\n{answer.status_code}\n{given}"
        status, *lines = told["head"].splitlines()
        assert str(answer.status_code) == status, about
        for name, value in headers_of(lines).items():
            assert answer.headers[name] == value, about
        body = told["body"] or ""
        if body.startswith("{"):
            assert is_as_told(json.loads(body), json.loads(given), ids), about
        else:
            assert given.strip().replace("\r\n", "\n") == body, about


def test_an_answer_that_differs_is_found():
    assert is_as_told({"id": 1, "at": ANY}, {"id": 5, "at": "now"}, {})
    for given in ({"id": 5, "at": None}, {"id": 5}, {"id": 5, "at": "now", "more": 1}, []):
        assert not is_as_told({"id": 1, "at": ANY}, given, {})
    assert not is_as_told([{"id": 1}, {"id": 1}], [{"id": 5}, {"id": 6}], {})
