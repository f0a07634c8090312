"""No input is a fault of the program: every field of every form and interface, every argument of every verb.

Each is refused in words at its field, or kept as it is; never half of it. `make soak` sends each of them
everything that `house.hostile` knows; otherwise some of it, always the same.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from house.actors import Stage, stage
from house.bodies import body_of
from house.door import Door
from house.factory import make
from house.hostile import BODIES, DEEP, LONE_SURROGATE, TEXTS, VALUES, some
from house.posted import posted_form
from house.rows import row_for
from house.shares import least, some_of
from pydantic import ValidationError as Misfit

from meridian.engine.api.schemas import writable
from meridian.engine.api.served import served_verbs
from meridian.engine.inputs.build import build_form
from meridian.engine.inputs.verb_form import verb_form
from meridian.engine.resources import Resource, resource_of, resources
from meridian.engine.translation import TranslatedField
from meridian.engine.values import resource_name
from meridian.registers.access.models import Role
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.models import Unit
from meridian.registers.rules.models import Edition
from meridian.work.projects.models import Task

pytestmark = pytest.mark.django_db
JSON = "application/json"
UNSEEN_TEXTS = (" ", "\u00a0\t", "\u200b", "\u202e", "\u2800\u3164", "\ufe0f")
Sent = dict[str, Any]


@pytest.fixture
def house() -> Stage:
    return stage()


def changeable() -> Iterator[type[Resource]]:
    return (resource for resource in resources() if resource.change and resource.form_fields())


def takes(field: Any, value: str) -> bool:
    """Whether a field of a form takes the value; each of its parts, where it has several."""
    try:
        if parts := getattr(field, "fields", None):
            field.clean([value] * len(parts))
        else:
            field.clean([value] if getattr(field.widget, "allow_multiple_selected", False) else value)
    except ValidationError:
        return False
    return True


def filled(fields: Sent, names: list[str], value: str) -> dict[str, str]:
    """The value at every part of the named fields."""
    parts = {name: getattr(fields[name].widget, "widgets_names", [""]) for name in names}
    return {f"{name}{part}": value for name in names for part in parts[name]}


def send_form(door: Door, way: str, posted: Sent, fields: Sent, value: str, resource: type[Resource]) -> None:
    """What one value fits at once; where that is refused, each field by itself; then what it doesn't fit."""
    fitting = [name for name, field in fields.items() if takes(field, value)]
    rest = [name for name in fields if name not in fitting]
    if fitting:
        answer = door.send("post", way, posted | filled(fields, fitting, value), resource)
        if answer is not None and answer.status_code == 422 and len(fitting) > 1:
            for name in fitting:
                door.send("post", way, posted | filled(fields, [name], value), resource)
    if rest:
        answer = door.send("post", way, posted | filled(fields, rest, value), resource)
        if answer is None:
            return
        page = answer.content.decode()
        if answer.status_code == 200 and "data-confirmation" in page:
            return
        unsaid = [name for name in rest if f'id="id_{name}_error"' not in page and answer.status_code == 422]
        if unsaid:
            door.faults.append(f"{way} {value[:60]!r}: nothing is said at {unsaid}")


def test_every_field_of_every_form_refuses_what_it_cannot_hold(house):
    door = Door(house.clients["lord"])
    actor = actor_of(house.accounts["lord"])
    for resource in some_of(changeable(), "forms"):
        row = make(resource.model, {Unit: house.here})
        name = resource_name(resource)
        posted = posted_form(resource, row) | {"version": str(getattr(row, "version", ""))}
        fields = build_form(resource, actor)().fields
        for value in some(TEXTS, 2, name):
            send_form(door, reverse(f"{name}-edit", args=(row.pk,)), posted, fields, value, resource)
        for value in some(TEXTS, 1, name, "add") if resource.add else ():
            door.send("post", reverse(f"{name}-add"), posted | filled(fields, list(fields), value), resource)
        for value in some(TEXTS, 1, name, "bulk"):
            picked = {"key": str(row.pk), "action": "change", "confirmed": "1"}
            door.send("post", reverse(f"{name}-bulk"), picked | filled(fields, list(fields), value), resource)
    door.held(least(350))


def test_every_verbs_form_refuses_what_it_cannot_hold(house):
    door = Door(house.clients["lord"])
    actor = actor_of(house.accounts["lord"])
    for resource in resources():
        for verb in resource.verbs:
            if not verb.arguments:
                continue
            row = row_for(resource, verb, house)
            if verb.name in resource.pages:
                names = [argument.name for argument in verb.arguments]
            else:
                fields = verb_form(resource, verb, actor, row)().fields
                names = list(filled(fields, list(fields), ""))
            way = reverse(f"{resource_name(resource)}-{verb.name}", args=(row.pk,))
            for value in some(TEXTS, 4, resource_name(resource), verb.name):
                door.send("post", way, dict.fromkeys(names, value), resource)
    door.held(100)


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def fits(schema: Any, known: Sent, name: str, value: Any) -> bool:
    """Whether a body of the interface takes the value as one of its fields."""
    try:
        schema.model_validate_json(as_json(known | {name: value}))
    except (Misfit, ValueError, RecursionError):
        return False
    return True


def must_name(door: Door, known: list[str], answer: Any, told: str) -> None:
    """A refused program is told which of its values it was, or which it should have sent."""
    if answer is not None and answer.status_code == 422:
        fields = [fault["field"] for fault in answer.json()["errors"]]
        if not any(name in field for field in fields for name in known):
            door.faults.append(f"{told[:200]}: names {fields}, no field: {answer.json()['detail']}")


def test_every_field_of_every_interface_refuses_what_it_cannot_hold(house):
    door = Door(house.clients["lord"])
    for resource in some_of(resources(), "interfaces"):
        fields = [name for name in resource.api_fields("w") if not resource.field(name).many_to_many]
        if not (fields and resource.change and resource.api_fields("r")):
            continue
        row = make(resource.model, {Unit: house.here})
        way = f"/api/{resource.module()}/{resource.address}/{row.pk}"
        schema = writable(resource, partial=True)
        for value in some(VALUES, 8, way.rpartition("/")[0]):
            fitting = [name for name in fields if fits(schema, {}, name, value)]
            rest = sorted(set(fields) - set(fitting))
            for names in filter(None, (rest, fitting if len(fitting) > 1 else [])):
                answer = door.send(
                    "patch", way, as_json(dict.fromkeys(names, value)), resource, content_type=JSON
                )
                if names is fitting and answer is not None and answer.status_code == 200:
                    fitting = []
            for name in fitting:
                answer = door.send("patch", way, as_json({name: value}), resource, content_type=JSON)
                must_name(door, fields, answer, f"{way} {name} {value!r}")
    door.held(least(500))


def test_every_argument_of_every_verb_refuses_what_it_cannot_hold(house):
    door = Door(house.clients["lord"])
    shared = {Unit: house.here}
    for resource in resources():
        for verb in served_verbs(resource) if resource.api_fields("r") else []:
            if verb.schema is None:
                continue
            row = row_for(resource, verb.verb, house)
            way = f"/api/{resource.module()}/{resource.address}/{row.pk}/{verb.name}"
            body = body_of(verb, shared)
            for name in verb.schema.model_fields:
                for value in some(VALUES, 4, verb.verb.command.facts.name, name):
                    told = as_json(body | {name: value})
                    door.send("post", way, told, resource, content_type=JSON)
    door.held(150)


def test_a_body_that_is_none_is_refused_by_every_interface(house):
    door = Door(house.clients["lord"])
    for resource in resources():
        if resource.add and resource.api_fields("r"):
            way = f"/api/{resource.module()}/{resource.address}"
            for body in some(BODIES, 4, way):
                answer = door.send("post", way, body, resource, content_type=JSON)
                if answer is not None and answer.status_code not in (400, 403, 422):
                    door.faults.append(f"{way} {body[:60]!r}: answers {answer.status_code}")
    door.held(150)


def test_a_needed_text_that_nobody_sees_is_as_good_as_none(house):
    client = house.clients["lord"]
    asked, amiss = 0, []
    for resource in resources():
        writable_fields = map(resource.field, resource.api_fields("w"))
        needed = [
            field
            for field in writable_fields
            if isinstance(field, models.CharField | models.TextField | TranslatedField)
            if not (field.blank or field.choices)
        ]
        if not (needed and resource.change and resource.api_fields("r")):
            continue
        row = make(resource.model, {Unit: house.here})
        for field, text in [(one, text) for one in needed for text in some(UNSEEN_TEXTS, 1, one)]:
            sent = {field.name: {"en": text} if isinstance(field, TranslatedField) else text}
            way = f"/api/{resource.module()}/{resource.address}/{row.pk}"
            answer = client.patch(way, as_json(sent), content_type=JSON)
            asked += answer.status_code == 422
            if answer.status_code == 200 or (answer.status_code == 422 and field.name not in answer.text):
                amiss.append((way, sent, answer.text))
    assert amiss == []
    assert asked > 50


@pytest.mark.parametrize("text", UNSEEN_TEXTS)
def test_no_row_has_a_key_that_nobody_sees(house, text):
    client = house.clients["lord"]
    sent = {"code": text, "name": {"en": "Watch"}}
    answer = client.post("/api/access/roles", as_json(sent), content_type=JSON)
    assert (answer.status_code, [fault["field"] for fault in answer.json()["errors"]]) == (422, ["code"])
    role = make(Role)
    posted = posted_form(resource_of(Role), role) | {"version": str(role.version), "code": text}
    form = client.post(reverse(f"{resource_name(resource_of(Role))}-edit", args=(role.pk,)), posted)
    assert form.status_code == 422
    assert 'id="id_code_error"' in form.text


@pytest.mark.parametrize(
    "body", [{"a": 10**400}, {"a": 1e308}, {"a": "\0"}, {LONE_SURROGATE: 1}, [LONE_SURROGATE], DEEP]
)
def test_what_no_program_reads_is_not_kept_in_a_structure(body, house):
    """Kept, the list and the row could not be read any more by anybody."""
    edition = make(Edition)
    client = house.clients["lord"]
    way = f"/api/rules/editions/{edition.pk}"
    answer = client.patch(way, json.dumps({"body": body}), content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "body")
    sent = {"rule": edition.rule.code, "body": json.dumps(body), "version": edition.version}
    assert client.post(f"/rules/editions/{edition.pk}/edit/", sent).status_code == 422
    assert client.get(way).json()["body"] == edition.body


def test_numbers_are_no_days(house):
    """They were read as seconds since 1970."""
    task = make(Task)
    client = house.clients["lord"]
    for written in (5, "5", 1.5, True, "20260331"):
        way = f"/api/projects/tasks/{task.pk}"
        answer = client.patch(way, json.dumps({"starts_on": written}), content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "payload.starts_on")


def test_a_broken_constraint_is_told_at_the_field_that_was_sent(house):
    task = make(Task)
    client = house.clients["lord"]
    for name in ("budget_usd", "spent_usd"):
        answer = client.patch(
            f"/api/projects/tasks/{task.pk}", json.dumps({name: "-1"}), content_type="application/json"
        )
        assert [fault["field"] for fault in answer.json()["errors"]] == [name]


def test_a_program_that_sends_a_form_is_told_to_send_json(house):
    client = house.clients["lord"]
    answer = client.post("/api/places/regions", {"code": "x"})
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")
