"""Every resource, every kind of person, every way in: the answer, and that nothing moved.

Generated from the registry; a module supplies only what its factory can't guess.
"""

import math
from typing import Any

import pytest
from django.core import mail
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from house.actors import Stage, stage
from house.bodies import body_of
from house.confirming import confirmed
from house.factory import MAKER, make
from house.posted import posted_form
from house.rows import OF_THE_PERSON, person_of
from house.sending import as_file, as_line
from house.shares import every, every_of
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.api.served import served_verbs
from meridian.engine.audit import trail
from meridian.engine.audit.models import Entry
from meridian.engine.policies import OwnPolicy, policy_of
from meridian.engine.records import sizes
from meridian.engine.resources import Resource, resources
from meridian.registers.access.models import Account
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
DENIED = (302, 401, 403, 404)
EVERY = every(resources())
CHANGERS = ("elsewhere", "stranger", "auditor", "anonymous")


@pytest.fixture
def house() -> Stage:
    return stage()


def row_here(resource: type[Resource], house: Stage):
    """A row at the unit `here`, as the database holds it; what is somebody's own is the lord's."""
    if resource.model is Unit:
        row = make(Unit, parent=house.here)
    else:
        own = {Account: house.accounts["lord"]} if issubclass(resource.policy, OwnPolicy) else {}
        row = make(resource.model, {Unit: house.here, **own})
    row.refresh_from_db()
    return row


def right_of(resource: type[Resource], house: Stage) -> Client:
    """Rows that belong to no unit are kept by those with a role everywhere."""
    return house.clients["right" if policy_of(resource.model).unit else "lord"]


def state(resource: type[Resource]) -> tuple:
    """All that must not move when something is refused."""
    rows = list(resource.model._base_manager.order_by("pk").values())
    return rows, Entry.objects.count(), len(mail.outbox), ProcrastinateJob.objects.count()


def addresses(resource: type[Resource], row) -> tuple[str, str, str]:
    page = f"/{resource.module()}/{resource.address}/"
    return page, f"{page}{row.pk}/", f"/api/{resource.module()}/{resource.address}"


def bodies(resource: type[Resource], house: Stage) -> dict[str, dict]:
    """What is sent to each verb, beginning with the rows that it refers to."""
    return {verb.name: body_of(verb, {Unit: house.here}) for verb in served_verbs(resource)}


def writes(resource: type[Resource], row, client: Client, sent: dict[str, dict]) -> list:
    """Every way to write, tried on a row; the answers. `sent` holds the bodies of the verbs."""
    page, detail, api = addresses(resource, row)
    tried = [
        client.post(f"{page}new/", {}),
        client.post(f"{detail}edit/", {}),
        client.post(f"{detail}remove/", {}),
        client.post(f"{page}bulk/", {"action": "remove", "key": row.pk, "confirmed": "1"}),
        client.post(f"{page}import/", {"file": as_file([as_line(resource, row, altered=True)])}),
    ]
    if resource.api_fields("r"):
        if resource.add:
            tried.append(client.post(api, data="{}", content_type="application/json"))
        if resource.change:
            tried.append(client.patch(f"{api}/{row.pk}", data="{}", content_type="application/json"))
        if resource.remove:
            tried.append(client.delete(f"{api}/{row.pk}", headers={"if-match": f'"{row.version}"'}))
        for verb, body in sent.items():
            tried.append(_sent(client, f"{api}/{row.pk}/{verb}", body, if_match=read(row)))
    return tried


@EVERY
def test_a_stranger_sees_what_everybody_may_and_nothing_else(resource, house):
    row = row_here(resource, house)
    page, detail, api = addresses(resource, row)
    policy = policy_of(resource.model)
    for name in ("anonymous", "stranger"):
        client = house.clients[name]
        open_to_them = "view" in policy.public or (name == "stranger" and "view" in policy.everyone)
        ways = [detail, f"{detail}history/"] + ([f"{api}/{row.pk}"] if resource.api_fields("r") else [])
        for way in ways:
            status = client.get(way).status_code
            assert (status == 200) if open_to_them else (status in DENIED), (name, way, status)
        export = client.get(f"{page}export/csv/").status_code
        assert (export == 200) == bool(
            name == "stranger"
            and resource.file_fields()
            and policy.may(actor_of(house.accounts["stranger"]), "export")
        ), name


@EVERY
@pytest.mark.parametrize("name", CHANGERS)
def test_who_may_not_write_is_refused_and_nothing_moves(resource, house, name):
    row = row_here(resource, house)
    if name == "elsewhere" and not policy_of(resource.model).unit:
        name = "stranger"
    sent = bodies(resource, house)
    before = state(resource)
    for answer in writes(resource, row, house.clients[name], sent):
        if _adds_own(resource, answer):
            before = state(resource)
            continue
        if answer.request["PATH_INFO"].rsplit("/", 1)[1] in sent:
            assert answer.status_code in (401, 403, 404), answer.request["PATH_INFO"]
        taken = answer.status_code == 200 and answer.request["PATH_INFO"].endswith("import/")
        # A file that changes nothing is no write: what counts is that nothing moved.
        assert taken or answer.status_code in (*DENIED, 422), (
            answer.request["PATH_INFO"],
            answer.status_code,
        )
        if answer.status_code == 302:
            assert answer["Location"].startswith(("/account/login/", "/account/reauthenticate/"))
    assert state(resource) == before


def _adds_own(resource: type[Resource], answer: Any) -> bool:
    """Whether somebody wrote a row of their own, as everybody may with these."""
    policy = policy_of(resource.model)
    if not isinstance(policy, OwnPolicy) or "add" not in policy.owner_may:
        return False
    path, method = answer.request["PATH_INFO"], answer.request["REQUEST_METHOD"]
    return (
        answer.status_code in (201, 302) and method == "POST" and path.endswith(("/new/", resource.address))
    )


@EVERY
def test_the_right_person_sees_lists_and_takes_out(resource, house):
    row = row_here(resource, house)
    page, detail, api = addresses(resource, row)
    client = house.clients["lord"]
    ways = [page, detail, f"{detail}history/"]
    ways += [f"{page}export/{kind}/" for kind in ("csv", "xlsx", "json")] if resource.file_fields() else []
    ways += [api, f"{api}/{row.pk}"] if resource.api_fields("r") else []
    for way in ways:
        answer = client.get(way)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, (way, body[:400])
    auditor = house.clients["auditor"]
    assert auditor.get(page).status_code == 200
    hidden = issubclass(resource.policy, OwnPolicy)
    assert auditor.get(detail).status_code == (404 if hidden else 200)


@EVERY
def test_the_right_person_changes_adds_and_removes(resource, house):
    row = row_here(resource, house)
    client = right_of(resource, house)
    page, detail, _api = addresses(resource, row)
    form = posted_form(resource, row)
    if resource.change:
        answer = client.post(f"{detail}edit/", form | {"version": row.version})
        assert answer.status_code == 302, _errors(answer)
        stale = client.post(f"{detail}edit/", form | {"version": row.version + 99})
        assert stale.status_code == 409
    if resource.remove:
        if resource.add:
            assert client.get(f"{page}new/").status_code == 200
        answer = confirmed(client, f"{detail}remove/")
        assert answer.status_code in (302, 422)
        gone = not resource.model._base_manager.filter(pk=row.pk).exists()
        assert gone == (answer.status_code == 302)


VERBS = [(resource, verb) for resource in resources() for verb in served_verbs(resource)]


@every_of(
    "resource,verb", VERBS, lambda pair: pair[0].module(), lambda pair: f"{pair[0].__name__}-{pair[1].name}"
)
def test_the_right_person_carries_out_a_verb_once_or_learns_why_not(resource, verb, house):
    row = row_here(resource, house)
    client = right_of(resource, house)
    if field := OF_THE_PERSON.get(verb.carry_out.facts.name):
        client, person = house.clients["lord"], person_of(house.accounts["lord"])
        with trail.entry("tests.arrange", MAKER):
            resource.model._base_manager.filter(pk=row.pk).update(**{field: person})
        row.refresh_from_db()
    way = f"{addresses(resource, row)[2]}/{row.pk}/{verb.name}"
    body = body_of(verb, {Unit: house.here})
    before = state(resource)
    stale = _sent(client, way, body, if_match='"99"')
    assert stale.status_code == 409
    assert state(resource) == before
    answer = _sent(client, way, body, idempotency_key="once", if_match=read(row))
    if answer.status_code in (409, 422):
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"] != "The request does not fit the schema."
        assert state(resource) == before
        return
    if answer.status_code == 204:
        # The row is gone, as of a subscription that ends.
        assert not resource.model._base_manager.filter(pk=row.pk).exists()
        return
    assert answer.status_code == 200, answer.content
    assert answer.json()["id"]
    assert answer["ETag"] == f'"{answer.json()["version"]}"'
    facts = verb.carry_out.facts
    assert Entry.objects.order_by("pk").last().command == facts.name
    after = state(resource)
    again = _sent(client, way, body, idempotency_key="once", if_match=read(row))
    assert (again.status_code, again.content) == (200, answer.content)
    assert state(resource) == after


def read(row: models.Model) -> str:
    """What a program says that it has read; rows that are only appended have no version."""
    return f'"{getattr(row, "version", 1)}"'


def _sent(client: Client, way: str, body: dict, **headers: str):
    return client.post(way, body, content_type="application/json", headers=headers)


@EVERY
def test_queries_do_not_grow_with_rows(resource, house, monkeypatch):
    # How long tables are is asked once a minute: not by chance in one of the two countings.
    monkeypatch.setattr(sizes, "KEPT_SECONDS", math.inf)
    row = row_here(resource, house)
    page, _detail, api = addresses(resource, row)
    client = house.clients["lord"]
    ways = [page, api] if resource.api_fields("r") else [page]
    for _ in range(2):
        row_here(resource, house)
    few = [_statements(client, way) for way in ways]
    for _ in range(10):
        row_here(resource, house)
    assert [_statements(client, way) for way in ways] == few


def _statements(client: Client, way: str) -> int:
    client.get(way)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(way).status_code == 200
    return len(captured)


def _errors(answer) -> str:
    context = answer.context
    return str(context["form"].errors) if context and "form" in context else answer.content.decode()[:600]
