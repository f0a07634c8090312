"""The page that takes a file in: what was tried is what is done, for this file and no other."""

import io
import re

import pytest
from house.actors import stage
from house.nouns import Region, region

pytestmark = pytest.mark.django_db
PAGE = "/places/regions/import/"


def file(text: str, name: str = "rows.csv") -> io.BytesIO:
    sent = io.BytesIO(text.encode())
    sent.name = name
    return sent


def tried(answer) -> str:
    return re.search(r'name="tried" value="([^"]+)"', answer.content.decode())[1]


def test_a_file_is_tried_then_taken_in_and_each_says_what_changes():
    region("EAST", name={"en": "East"})
    lord, text = stage().clients["lord"], "code;name.en\nEAST;Orient\nWEST;West\n"
    dry = lord.post(PAGE, {"file": file(text), "dry": "1"})
    assert dry.status_code == 200
    assert "<bdi>East</bdi>" in dry.content.decode()
    assert "<bdi>Orient</bdi>" in dry.content.decode()
    other = lord.post(PAGE, {"file": file(text + "SOUTH;South\n"), "tried": tried(dry)})
    assert other.status_code == 422
    assert Region.objects.count() == 1
    run = lord.post(PAGE, {"file": file(text), "tried": tried(dry)})
    assert run.status_code == 200
    assert sorted(str(found) for found in Region.objects.all()) == ["Orient", "West"]


def test_a_file_whose_rows_have_changed_since_it_was_tried_says_so_and_writes_nothing():
    east = region("EAST", name={"en": "East"})
    lord, text = stage().clients["lord"], "code;name.en\nEAST;Orient\n"
    dry = lord.post(PAGE, {"file": file(text), "dry": "1"})
    lord.post(PAGE, {"file": file("code;name.en\nEAST;Between\n")})
    stale = lord.post(PAGE, {"file": file(text), "tried": tried(dry)})
    assert stale.status_code == 422
    assert "Since you tried the file" in stale.content.decode()
    east.refresh_from_db()
    assert str(east.name) == "Between"
    assert lord.post(PAGE, {"file": file(text), "tried": tried(stale)}).status_code == 200


def test_an_upload_beyond_the_bound_ends_early_and_says_so(monkeypatch):
    monkeypatch.setattr("meridian.engine.inputs.uploads.MOST_REQUEST_BYTES", 100_000)
    answer = stage().clients["lord"].post(PAGE, {"file": file("x" * 3_000_000), "dry": "1"})
    assert answer.status_code == 422
    assert "too large" in answer.content.decode()
