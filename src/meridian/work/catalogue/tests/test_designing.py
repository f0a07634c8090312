"""The designer of the catalogue: approvals and tasks as rows."""

import pytest
from django.urls import reverse
from house.actors import signed_in
from house.factory import make

from meridian.work.catalogue import commands
from meridian.work.catalogue.models import Item
from meridian.work.catalogue.testing import TESTS, six
from meridian.work.servicedesk.testing import account_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return make(Item, code="LAPTOP")


def test_the_owner_writes_approvals_and_tasks_as_rows(item):
    draft = commands.draft_version(actor=TESTS, item=item, name=six("Laptop"), summary=six("To carry"))
    owner = signed_in(account_of(item.owner))
    steps, tasks = (
        reverse("catalogue-design-part", args=(item.code, part)) for part in ("approvals", "plan")
    )
    commands.change_draft(actor=TESTS, row=draft, approvals=[], plan=[])
    step = {"name_en": "Chief", "approvers": "chief\nowner", "mode": "any", "needed": "1", "hours": "72"}
    assert owner.post(steps, {"press": "keep", **step}).status_code == 302
    assert owner.post(steps, {"press": "keep", **step, "approvers": "whoever"}).status_code == 422
    for key, after in (("prepare", []), ("hand_over", ["prepare"])):
        given = {"press": "keep", "key": key, "name_en": key, "hours": "8", "after": after}
        assert owner.post(tasks, given).status_code == 302
    ring = {
        "press": "keep",
        "edit": "0",
        "key": "prepare",
        "name_en": "x",
        "hours": "8",
        "after": ["hand_over"],
    }
    assert "wait for each other" in owner.post(tasks, ring).content.decode()
    owner.post(steps, {"press": "keep", "edit": "0", **step, "hours": "24"})
    draft.refresh_from_db()
    assert [(row["approvers"], row["hours"]) for row in draft.approvals] == [(["chief", "owner"], 24)]
    after = [(row["key"], row.get("after", [])) for row in draft.plan]
    assert after == [("prepare", []), ("hand_over", ["prepare"])]
    owner.post(tasks, {"press": "up", "edit": "1"})
    owner.post(tasks, {"press": "remove", "edit": "1"})
    draft.refresh_from_db()
    assert [row["key"] for row in draft.plan] == ["hand_over"]
