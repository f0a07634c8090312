"""One's own things are one's own: no role, however wide, reads or writes what is somebody else's.

Generated from the registry: every resource whose rows name an account is asked.
"""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from house.actors import Stage, stage
from house.factory import make

from meridian.engine.notices.models import Notice
from meridian.engine.policies import OwnPolicy
from meridian.engine.resources import Resource, resources

pytestmark = pytest.mark.django_db
NAMING_AN_ACCOUNT = [
    resource
    for resource in resources()
    if any(field.related_model is get_user_model() for field in resource.model._meta.concrete_fields)
]
OWN = [resource for resource in resources() if issubclass(resource.policy, OwnPolicy)]
EVERY_OWN = pytest.mark.parametrize("resource", OWN, ids=lambda found: found.model._meta.label_lower)
WIDE = ("lord", "auditor", "right")


@pytest.fixture
def house() -> Stage:
    return stage()


def test_what_names_an_account_is_its_own_or_says_why_others_keep_it():
    assert {found.model._meta.model_name for found in OWN} >= {"notice", "savedview", "token"}
    assert [
        found.model._meta.label
        for found in NAMING_AN_ACCOUNT
        if found not in OWN and not found.policy.others_keep
    ] == []


def test_what_is_ones_own_is_not_searched():
    assert [found.model._meta.label for found in OWN if found.searched()] == []


def own_row(resource: type[Resource], house: Stage):
    """A row of the stranger, with a text that would be known again."""
    row = make(resource.model, **{resource.policy.owner: house.accounts["stranger"]})
    row.refresh_from_db()
    return row


def ways(resource: type[Resource], row) -> tuple[str, str, str]:
    page = f"/{resource.module()}/{resource.address}/"
    return page, f"{page}{row.pk}/", f"/api{page[:-1]}"


@EVERY_OWN
@pytest.mark.parametrize("name", WIDE)
def test_a_wide_right_reads_nothing_of_what_is_somebody_elses(resource, name, house):
    row = own_row(resource, house)
    page, detail, api = ways(resource, row)
    client: Client = house.clients[name]
    label = resource.model._meta.label_lower
    for way in (detail, f"{detail}history/", f"{api}/{row.pk}"):
        assert client.get(way).status_code == 404, way
    # A row that is named after others is known by its address alone.
    known = detail if resource.titled else str(row)
    for way in (page, api, f"{page}export/csv/", f"/lookup/{label}/?q={row}", "/notices/"):
        answer = client.get(way)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert known not in body.decode(), way
    owner = house.clients["stranger"]
    assert owner.get(detail).status_code == 200
    assert owner.get(f"{api}/{row.pk}").status_code == 200
    assert known in owner.get(page).content.decode()


@EVERY_OWN
@pytest.mark.parametrize("name", WIDE)
def test_a_wide_right_changes_nothing_of_what_is_somebody_elses(resource, name, house):
    row = own_row(resource, house)
    page, detail, api = ways(resource, row)
    client: Client = house.clients[name]
    before = list(resource.model._base_manager.order_by("pk").values())
    verbs = [verb.name for verb in resource.verbs]
    answers = [client.post(f"{detail}{verb}/", {}) for verb in ("edit", "remove", *verbs)]
    answers += [client.patch(f"{api}/{row.pk}", "{}", content_type="application/json")]
    answers += [client.delete(f"{api}/{row.pk}")]
    answers += [
        client.post(f"{api}/{row.pk}/{verb}", "{}", content_type="application/json") for verb in verbs
    ]
    for action in ("change", "remove"):
        answers.append(client.post(f"{page}bulk/", {"action": action, "key": row.pk, "confirmed": "1"}))
    assert {answer.status_code for answer in answers} <= {403, 404, 405}
    assert list(resource.model._base_manager.order_by("pk").values()) == before


def test_a_wide_right_marks_its_own_notices_read_and_no_others(house):
    own, others = (make(Notice, account=house.accounts[name], text="Look") for name in ("lord", "stranger"))
    assert house.clients["lord"].get("/notices/").content.decode().count("Look") == 1
    assert house.clients["lord"].post("/notices/").status_code == 302
    read = Notice.objects.filter(read_at__isnull=False).values_list("pk", flat=True)
    assert list(read) == [own.pk]
    assert others.pk not in read


def test_more_notices_than_a_page_shows_are_all_marked_read(house):
    for _ in range(101):
        make(Notice, account=house.accounts["stranger"])
    house.clients["stranger"].post("/notices/")
    assert not Notice.objects.filter(read_at__isnull=True).exists()


def test_sessions_are_shown_to_whoever_signed_in_and_to_nobody_else(house):
    house.clients["stranger"].get("/account/sessions/", headers={"user-agent": "Strange/1"})
    seen = house.clients["lord"].get("/account/sessions/").content.decode()
    assert "Strange/1" not in seen
