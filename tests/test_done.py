"""What is reported done was done: every form, every change of many rows, every change over REST.

Generated from the registry: the report is compared with the rows and with the trail.
"""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import models
from house.actors import Stage, stage
from house.factory import make
from house.posted import posted_form

from meridian.engine.audit.models import Change, Entry
from meridian.engine.inputs.bulk import CLEARING, bulk_form
from meridian.engine.policies import policy_of, system_actor
from meridian.engine.resources import Resource, resources
from meridian.registers.access.models import Account
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
MAKER = system_actor("tests")


@pytest.fixture
def house() -> Stage:
    return stage()


def row_here(resource: type[Resource], house: Stage) -> Any:
    """A row at the unit `here`; what is somebody's own is the lord's."""
    shared = {Unit: house.here, Account: house.accounts["lord"]}
    made = make(Unit, parent=house.here) if resource.model is Unit else make(resource.model, shared)
    made.refresh_from_db()
    return made


def keeper_of(resource: type[Resource], house: Stage) -> Any:
    return house.clients["right" if policy_of(resource.model).unit else "lord"]


def said(answer: Any) -> str:
    """What the page that follows tells first: the last message of the answer."""
    return [str(message) for message in get_messages(answer.wsgi_request)][-1]


def test_saving_any_form_unchanged_says_so_and_writes_no_entry_and_no_version(house):
    asked = 0
    for resource in resources():
        if not resource.change or not resource.form_fields():
            continue
        row = row_here(resource, house)
        client = keeper_of(resource, house)
        url = f"/{resource.module()}/{resource.address}/{row.pk}/edit/"
        entries, stood = Entry.objects.count(), resource.model._base_manager.filter(pk=row.pk).values().get()
        answer = client.post(url, posted_form(resource, row) | {"version": row.version})
        if answer.status_code == 422:
            # What the factory makes bare of its own rules is refused by the command: nothing moved either.
            assert Entry.objects.count() == entries, url
            continue
        assert answer.status_code == 302, (url, answer.status_code)
        assert "Nothing was changed" in said(answer), (url, said(answer))
        assert Entry.objects.count() == entries, url
        assert resource.model._base_manager.filter(pk=row.pk).values().get() == stood, url
        asked += 1
    assert asked > 25


def test_no_field_of_any_bulk_form_is_preselected_and_leaving_it_as_it_is_comes_first():
    for resource in resources():
        if not resource.change:
            continue
        form = bulk_form(resource, MAKER)()
        for name, field in form.fields.items():
            shown = form[name].value()
            assert shown in (None, "", [], {}, False), (resource.__name__, name, shown)
            choices = list(getattr(field, "choices", ()))
            if choices and not getattr(field.widget, "allow_multiple_selected", False):
                assert choices[0][0] in ("", None), (resource.__name__, name, choices[0])
            assert not field.required, (resource.__name__, name)


def answers_of(resource: type[Resource]) -> list[tuple[str, dict[str, str], Any]]:
    """(field, what is posted, what must stand afterwards) for fields that any row can take."""
    found: list[tuple[str, dict[str, str], Any]] = []
    for name in resource.form_fields():
        field: Any = resource.field(name)
        if field.is_relation or field.choices or field.unique:
            continue
        if isinstance(field, models.BooleanField):
            found += [(name, {name: "true"}, True), (name, {name: "false"}, False)]
        elif isinstance(field, models.IntegerField | models.DecimalField):
            found.append((name, {name: "0"}, 0))
        elif isinstance(field, models.CharField | models.TextField) and field.blank:
            found.append((name, {f"{name}{CLEARING}": "on"}, None if field.null else ""))
    return found


def test_changing_many_rows_reports_as_many_as_were_written(house):
    """0, "no" and "make it empty" are applied; the counts said are the counts of the trail."""
    asked = applied = 0
    for resource in resources():
        if not resource.change:
            continue
        client = keeper_of(resource, house)
        rows = [row_here(resource, house) for _ in range(2)]
        url = f"/{resource.module()}/{resource.address}/bulk/"
        keys = {"action": "change", "key": [row.pk for row in rows], "confirmed": "1"}
        for name, posted, expected in answers_of(resource):
            before = {row.pk: row for row in resource.model._base_manager.filter(pk__in=keys["key"])}
            last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            entries = Entry.objects.count()
            answer = client.post(url, keys | posted)
            after = {row.pk: row for row in resource.model._base_manager.filter(pk__in=keys["key"])}
            differ = sum(getattr(before[key], name) != getattr(after[key], name) for key in before)
            written = Change.objects.filter(
                pk__gt=last, table=resource.model._meta.db_table, row_id__in=keys["key"]
            )
            if answer.status_code == 422:
                assert "Nothing was changed" in answer.content.decode() or "mended" in answer.content.decode()
                assert not written.exists(), (url, name)
                assert Entry.objects.count() == entries
            else:
                assert answer.status_code == 302, (url, name, answer.status_code)
                assert all(getattr(row, name) == expected for row in after.values()), (url, name)
                assert written.values("row_id").distinct().count() == differ, (url, name)
                words = said(answer)
                assert (f"{differ} row" in words) if differ else ("Nothing was changed" in words), words
                assert ("so already" in words) == (differ < len(rows)), words
                assert Entry.objects.count() == entries + bool(differ), (url, name)
                applied += 1
            asked += 1
    assert asked > 25
    assert applied > 15


def test_a_bulk_change_without_any_answer_is_refused_and_of_one_bad_row_changes_none(house):
    client = house.clients["lord"]
    rows = [make(Unit, parent=house.here), house.here]
    keys = {"action": "change", "key": [row.pk for row in rows], "confirmed": "1"}
    answer = client.post("/organisation/units/bulk/", keys)
    assert answer.status_code == 422
    assert "Nothing is to be changed yet" in answer.content.decode()
    # The unit can't hang below itself: one row is refused with the reason, the other stays too.
    answer = client.post("/organisation/units/bulk/", keys | {"parent": house.here.pk})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was changed: 1 of the 2 rows is refused" in body
    assert str(house.here) in body


def test_a_change_over_rest_names_the_fields_that_differ_now(house):
    client = house.clients["lord"]
    row = make(Unit, parent=house.here)
    way, kind = f"/api/organisation/units/{row.pk}", "application/json"
    answer = client.patch(way, '{"provides_ict": true}', content_type=kind)
    assert (answer.status_code, answer["Changed-Fields"]) == (200, "provides_ict")
    entries, etag = Entry.objects.count(), answer["ETag"]
    again = client.patch(way, '{"provides_ict": true}', content_type=kind)
    assert (again.status_code, again["Changed-Fields"], again["ETag"]) == (200, "", etag)
    assert Entry.objects.count() == entries
