"""A permission that nothing asks for is refused in words at every door, and named by the doctor."""

import json

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import get_resolver, reverse
from house.actors import stage
from house.factory import MAKER, make

from meridian.engine.commands import Refusal
from meridian.engine.exchange.files import read_file
from meridian.engine.exchange.transfer import import_rows
from meridian.engine.pages.entry import all_addresses
from meridian.engine.resources import asked_permissions, check_permissions, resource_of, resources
from meridian.registers.access.commands import add_role, change_role
from meridian.registers.access.models import Role
from meridian.site import doctor
from meridian.site.demo.roles import ROLES

pytestmark = pytest.mark.django_db
NONSENSE = {
    "zzqqyy.x.view": "Write module, noun and action",
    "place": "Did you mean “places”",
    "places.sites.view": "Did you mean “places.site.view”",
    "*.*.veiw": "Did you mean “*.*.view”",
    "places.site.view.all": "Nothing asks for",
    "places..view": "Nothing asks for",
}


@pytest.mark.parametrize("text", NONSENSE)
def test_a_text_that_covers_nothing_is_refused_with_the_near_ones(text):
    role = make(Role)
    for write in (
        lambda: add_role(actor=MAKER, code="new", name={"en": "New"}, permissions=["places", text]),
        lambda: change_role(actor=MAKER, row=role, permissions=[text]),
    ):
        with pytest.raises(Refusal, match=NONSENSE[text].replace("*", r"\*")) as refused:
            write()
        assert refused.value.field == "permissions"


@pytest.mark.parametrize(
    "text", ["*", "places", "*.*.view", "servicedesk.workitem", "operation.jobs.retry", "places.*.change"]
)
def test_what_covers_anything_is_a_permission(text):
    assert add_role(actor=MAKER, code="new", name={"en": "New"}, permissions=[text]).permissions == [text]


def test_forms_files_and_the_interface_refuse_it_in_the_same_words():
    client = stage().clients["lord"]
    sent = {"code": "new", "name_en": "New", "kind": "staff", "permissions": "places, zzqqyy.x.view"}
    page = client.post(reverse("access-role-add"), sent)
    body = {"code": "new", "name": {"en": "New"}, "kind": "staff", "permissions": ["zzqqyy.x.view"]}
    answer = client.post("/api/access/roles", body, content_type="application/json")
    line = {"code": "new", "name.en": "New", "kind": "staff", "permissions": "zzqqyy.x.view"}
    file = read_file("x.json", json.dumps([line]).encode())
    (fault,) = import_rows(resource_of(Role), MAKER, file, dry=False).faults
    assert "Nothing asks for the permission “zzqqyy.x.view”." in page.content.decode()
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "permissions")
    assert fault.column == "permissions"
    assert not Role.objects.filter(code="new").exists()


def test_every_field_of_permissions_that_somebody_writes_is_held_to_them():
    written = [
        resource.field(row.name)
        for resource in resources()
        for row in resource.fields
        if row.name in ("permissions", "scopes") and (row.form or "w" in row.api or row.io)
    ]
    fields = [field for field in written if isinstance(field, ArrayField)]
    assert len(fields) >= 3
    assert [str(field) for field in fields if check_permissions not in field.validators] == []


def test_every_page_of_the_house_and_every_role_of_the_demo_asks_for_what_is_known():
    asked = {
        str(getattr(found.callback, "needs", "")) for found in all_addresses(get_resolver().url_patterns)
    }
    assert {code for code in asked if code.count(".") == 2} <= asked_permissions()
    for _names, permissions in ROLES.values():
        check_permissions(permissions)


def test_the_doctor_names_the_rows_that_hold_what_nothing_asks_for():
    assert found_by_doctor().state == doctor.GOOD
    role: models.Model = make(Role, name={"en": "Older"}, permissions=["places", "attic.box.open"])
    finding = found_by_doctor()
    assert finding.state == doctor.WARNING
    assert f"role {role.pk} “Older”: attic.box.open" in finding.found


def found_by_doctor() -> doctor.Finding:
    return doctor._permissions()
