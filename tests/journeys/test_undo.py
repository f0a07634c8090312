"""What was done to many items is undone for all of them, or for none."""

import pytest
from house.entering import let_in
from playwright.sync_api import expect

from meridian.work.servicedesk.commands import assign
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.testing import account_of, agent_actor, small_desk, some_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = ("state", "team", "assignee", "priority", "hold_reason", "due_at", "resolved_at", "resolution")


@pytest.fixture
def desk(seeded):
    return small_desk()


def kept(items) -> list[tuple]:
    return [*WorkItem.objects.filter(pk__in=[item.pk for item in items]).order_by("pk").values_list(*KEPT)]


def test_a_bulk_deed_is_undone_at_once_and_refused_when_somebody_changed_one_since(
    visitor, served_house, desk
):
    items = [some_item(desk, title=f"Trouble {place}") for place in range(3)]
    before = kept(items)
    agent = account_of(desk.agent, "servicedesk.workitem.*")
    with visitor() as page:
        let_in(page, agent, served_house)
        take_all(page)
        assert {item.assignee_id for item in WorkItem.objects.all()} == {desk.agent.pk}
        page.get_by_role("link", name="Undo").click()
        page.get_by_role("button", name="Undo it for all of them").click()
        expect(page.get_by_text("Undone for 3 rows.")).to_be_visible()
        assert page.url.endswith("/desk/?view=open")
        assert kept(items) == before
        take_all(page)
        taken = WorkItem.objects.get(pk=items[1].pk)
        assign(actor=agent_actor(desk.lead), item=taken, team=desk.desk, assignee=desk.lead)
        after = kept(items)
        page.get_by_role("link", name="Undo").click()
        address = page.url
    assert kept(items) == after
    refused(visitor, served_house, agent, address, taken)
    assert kept(items) == after


def take_all(page) -> None:
    page.goto("/desk/?view=open")
    page.locator("[data-pick-all]").check()
    page.get_by_role("button", name="Take", exact=True).click()
    page.get_by_role("button", name="Take: all of them").click()
    expect(page.get_by_text("Take: done to 3 rows.")).to_be_visible()


def refused(visitor, served_house, agent, address, taken) -> None:
    """Pressed without a script, where an answer of 409 is no fault of the console."""
    with visitor(java_script_enabled=False) as page:
        let_in(page, agent, served_house)
        page.goto(address)
        answer = page.request.post(
            address, form={"csrfmiddlewaretoken": page.input_value("main [name=csrfmiddlewaretoken]")}
        )
        assert answer.status == 409
        words = answer.text()
        assert "Nothing was undone" in words
        assert taken.number in words
        assert "changed it since" in words
