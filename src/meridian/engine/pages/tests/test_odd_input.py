"""Input that nothing can hold is no fault of the house: it is refused in words, and nothing is written."""

import re

import pytest
from django.db import DataError
from house.actors import stage
from house.factory import MAKER, make
from house.nouns import Region, Role, change_role

from meridian.engine.commands import Refusal

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
        change_role(actor=MAKER, row=role, permissions=["places\0"])
    assert isinstance(fault.value.__cause__, DataError)
    assert list(Role.objects.get(pk=role.pk).permissions) == list(role.permissions)


def test_a_filter_by_rows_of_which_there_are_none_is_sent_as_it_stands():
    """By their method `values`, dictionaries gave their insides as what was typed."""
    page = stage().clients["lord"].get("/places/countries/").content.decode()
    typed = re.findall(r'<input name="region" value="([^"]*)"', page)
    assert typed == [""]
