"""Input that nothing can hold is no fault of the house: it is refused in words, and nothing is written."""

import re

import pytest
from django.db import DataError
from house.actors import stage
from house.factory import MAKER, make
from house.nouns import Region, Role, change_role

from meridian.engine.commands import Refusal
from meridian.engine.pages import filters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", ["²", "no number", "9" * 5_000, "-1", "1.5"])
def test_what_is_no_version_is_a_conflict_and_not_a_change_without_a_check(version):
    region = make(Region)
    client = stage().clients["lord"]
    sent = {"code": region.code, "name_en": "Elsewhere", "version": version}
    assert client.post(f"/places/regions/{region.pk}/edit/", sent).status_code == 409
    assert str(Region.objects.get(pk=region.pk).name) == str(region.name)


def test_a_value_that_the_database_cannot_hold_is_refused():
    role = make(Role)
    with pytest.raises(Refusal) as fault:
        change_role(actor=MAKER, row=role, code="places\0")
    assert isinstance(fault.value.__cause__, DataError)
    assert list(Role.objects.get(pk=role.pk).permissions) == list(role.permissions)


def test_a_filter_by_rows_of_which_there_are_none_is_sent_as_it_stands():
    """By their method `values`, dictionaries gave their insides as what was typed."""
    page = stage().clients["lord"].get("/places/countries/").content.decode()
    typed = re.findall(r'<input name="region" value="([^"]*)"', page)
    assert typed == [""]


def test_suggestions_are_asked_by_one_short_text():
    make(Region)
    client = stage().clients["lord"]
    ways = {"q=%00": 422, f"q={'a' * 500}": 422, "q=a&further=1": 422, "q=a&q=b": 422, "region=a": 200}
    answers = {way: client.get(f"/lookup/places.region/?{way}").status_code for way in ways}
    assert answers == ways


def test_a_number_of_a_job_that_nothing_can_have_is_refused():
    assert stage().clients["lord"].post("/operation/jobs/", {"job": "9" * 5_000}).status_code == 422


def test_what_stands_in_a_filter_finds_the_same_row_again(monkeypatch):
    """Rows may share a name: sent again, the name alone would mean several."""
    monkeypatch.setattr(filters, "FEW_ROWS", 1)
    first, _second = (make(Region, code=code, name={"en": "Same"}) for code in ("SAME1", "SAME2"))
    client = stage().clients["lord"]
    page = client.get(f"/places/countries/?region={first.code}").content.decode()
    typed = re.findall(r'<input name="region" value="([^"]+)"', page)
    assert typed == ["SAME1 · Same"]
    assert client.get("/places/countries/", {"region": typed}).status_code == 200
