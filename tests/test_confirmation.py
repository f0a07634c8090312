"""What can't be undone is never done by a single request: every command, every page, REST."""

import ast

import pytest
from django.test import Client
from house.actors import Stage, stage
from house.confirming import confirmed
from house.factory import make
from house.shares import every, every_of

from meridian.engine.audit.models import Entry
from meridian.engine.commands import Refusal, ToConfirm, commands, through_a_page
from meridian.engine.policies import policy_of, system_actor
from meridian.engine.resources import Resource, resources
from meridian.registers.access.models import Account, Holding
from meridian.registers.organisation.models import Unit
from meridian.site import discovery

pytestmark = pytest.mark.django_db
FINAL_WORDS = {
    *("remove", "adopt", "close", "finish", "publish", "abolish", "revoke", "merge", "decide", "cancel"),
    *("approve", "refuse", "reverse", "withdraw", "purge", "retire", "end"),
}
# What has an exact way back, and the command that takes it.
REVERSIBLE = {
    "servicedesk.workitem.merge": "servicedesk.workitem.unmerge",
    "servicedesk.workitem.close": "servicedesk.workitem.reopen",
    "ledger.entry.reverse": "ledger.entry.reverse",
    "announcements.announcement.publish": "announcements.announcement.withdraw",
    "announcements.announcement.withdraw": "announcements.announcement.publish",
    "problems.problem.merge": "problems.problem.unmerge",
    "problems.problem.close": "problems.problem.reopen",
    "problems.knownerror.withdraw": "problems.knownerror.publish",
    "changes.change.merge": "changes.change.unmerge",
    "discovery.duplicate.merge": "discovery.tie.undo",
}
# What is pressed on a page or form made for it, which shows what it ends and asks why or how: no single press
# does it, and a second page would say the same again.
ASKED_ON_ITS_PAGE = {
    "approvals.approval.withdraw",
    "approvals.approver.decide",
    "catalogue.order.cancel",
    "catalogue.task.finish",
    "catalogue.version.publish",
    "catalogue.version.withdraw",
    "changes.change.cancel",
    "contacts.contact.end",
    "handover.sheet.close",
    "knowledge.article.retire",
    "knowledge.revision.approve",
    "majors.majorincident.withdraw",
    "problems.knownerror.publish",
    "problems.problem.cancel",
    "shifts.swap.refuse",
    "shifts.swap.withdraw",
}
# What no person presses: jobs and reactions do it.
OF_PROGRAMS = {"catalogue.orderline.end", "webhooks.webhookdelivery.end"}
REMOVABLE = [resource for resource in resources() if resource.remove]
EVERY = every(REMOVABLE)


@pytest.fixture
def house() -> Stage:
    return stage()


def row_of(resource: type[Resource], house: Stage):
    if resource.model is Unit:
        row = make(Unit, parent=house.here)
    else:
        row = make(resource.model, {Unit: house.here, Account: house.accounts["lord"]})
    row.refresh_from_db()
    return row


def client_of(resource: type[Resource], house: Stage) -> Client:
    return house.clients["right" if policy_of(resource.model).unit else "lord"]


def test_every_command_with_a_final_word_asks_first_or_has_a_way_back():
    known = commands()
    told = REVERSIBLE.keys() | ASKED_ON_ITS_PAGE | OF_PROGRAMS
    assert told <= known.keys()
    assert set(REVERSIBLE) | set(REVERSIBLE.values()) <= set(known)
    silent = [
        name
        for name, facts in known.items()
        if facts.action in FINAL_WORDS and not facts.irreversible and name not in told
    ]
    assert silent == []
    assert [name for name in REVERSIBLE if known[name].irreversible] == []


@EVERY
def test_no_row_is_removed_by_a_single_post(resource, house):
    row = row_of(resource, house)
    client, count = client_of(resource, house), Entry.objects.count()
    page = f"/{resource.module()}/{resource.address}/"
    way = f"{page}{row.pk}/remove/"
    rows = resource.model._base_manager.filter(pk=row.pk)
    for answer in (
        client.get(way),
        client.post(way),
        client.post(way, {"confirmation": "forged"}),
        client.post(f"{page}bulk/", {"action": "remove", "key": row.pk, "confirmed": "1"}),
    ):
        assert answer.status_code in (200, 302, 422), answer.status_code
        if answer.status_code == 200:
            assert answer.context["warned"].does
            assert answer.context["warned"].lost
    assert rows.exists()
    assert Entry.objects.count() == count
    answer = confirmed(client, way)
    assert answer.status_code in (302, 422)
    assert rows.exists() == (answer.status_code == 422)


@EVERY
def test_a_program_removes_only_the_row_that_it_has_read(resource, house):
    if not resource.api_fields("r"):
        return
    row = row_of(resource, house)
    client = client_of(resource, house)
    way = f"/api/{resource.module()}/{resource.address}/{row.pk}"
    for headers in ({}, {"if-match": "*"}):
        answer = client.delete(way, headers=headers)
        assert answer.status_code == 428, answer.content
        assert "If-Match" in answer.json()["detail"]
    assert resource.model._base_manager.filter(pk=row.pk).exists()
    assert client.delete(way, headers={"if-match": f'"{row.version}"'}).status_code in (204, 409, 422)


FINAL = [facts for facts in commands().values() if facts.irreversible and facts.action != "remove"]


@every_of("facts", FINAL, lambda facts: facts.model._meta.app_label, lambda facts: facts.name)
def test_a_final_command_at_a_page_says_what_it_does_and_writes_nothing(facts, house):
    row = make(facts.model, {Unit: house.here})
    row.refresh_from_db()
    before = facts.model._base_manager.filter(pk=row.pk).values().get()
    told = facts.warns([row], {"decision": "approved", "accept": True})
    for words in (told.title, *told.does, told.lost, told.button, told.done):
        assert str(words).strip()
    with through_a_page(lambda: "") as door, pytest.raises((ToConfirm, Refusal)):
        facts.carry_out(actor=system_actor("tests"), **{facts.target: row}, **_given(facts))
    assert door.done == []
    assert facts.model._base_manager.filter(pk=row.pk).values().get() == before


def _given(facts) -> dict:
    optional = facts.function.__kwdefaults__ or {}
    wanted = set(facts.function.__annotations__) - {"actor", "return", facts.target, *optional}
    known = {"reason": "why", "decision": "approved", "accept": True}
    return {name: known[name] for name in wanted}


def test_a_confirmation_is_good_for_its_rows_as_they_stand_and_for_nothing_else(house):
    one, other = make(Unit, parent=house.here), make(Unit, parent=house.here)
    client = house.clients["lord"]
    resource = next(found for found in resources() if found.model is Unit)
    page = f"/organisation/{resource.address}/"
    token = client.get(f"{page}{one.pk}/remove/").context["token"]
    assert client.post(f"{page}{other.pk}/remove/", {"confirmation": token}).status_code == 200
    assert house.clients["right"].post(f"{page}{one.pk}/remove/", {"confirmation": token}).status_code == 200
    resource.change(actor=system_actor("tests"), row=one, name={"en": "Renamed"})
    assert client.post(f"{page}{one.pk}/remove/", {"confirmation": token}).status_code == 200
    assert Unit.objects.filter(pk__in=(one.pk, other.pk)).count() == 2
    done = confirmed(client, f"{page}{one.pk}/remove/", follow=True)
    assert not Unit.objects.filter(pk=one.pk).exists()
    assert "Removed: Renamed" in done.content.decode()


def test_many_rows_are_asked_for_once_and_removed_together(house):
    rows = [make(Unit, parent=house.here) for _ in range(3)]
    client = house.clients["lord"]
    resource = next(found for found in resources() if found.model is Unit)
    page = f"/organisation/{resource.address}/bulk/"
    sent = {"action": "remove", "key": [str(row.pk) for row in rows]}
    asked = client.post(page, sent)
    assert "3 rows" in asked.content.decode()
    assert Unit.objects.filter(pk__in=[row.pk for row in rows]).count() == 3
    assert confirmed(client, page, sent).status_code == 302
    assert not Unit.objects.filter(pk__in=[row.pk for row in rows]).exists()


def test_only_the_pages_of_the_house_open_the_door():
    doors = {"through_a_page", "confirmed_together", "asked_at_once"}
    found = set()
    for path in discovery.HOUSE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in doors:
                found.add(path.relative_to(discovery.HOUSE).as_posix())
    pages = ("faults", "form_page", "bulk_page", "verb_page")
    assert found == {f"engine/pages/{page}.py" for page in pages}


def test_a_row_that_others_refer_to_is_refused_before_it_is_asked(house):
    """By the page itself: whoever opens it learns why, and nothing fails."""
    holding = make(Holding)
    answer = house.clients["lord"].get(f"/access/roles/{holding.role_id}/remove/")
    assert answer.status_code == 422
    assert "Other rows still refer to this one." in answer.content.decode()
