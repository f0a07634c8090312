"""Handing over from Brindisi to New York: written, offered, accepted, in two browsers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from house.entering import let_in
from house.factory import make
from house.jobs import react
from house.nouns import Role
from playwright.sync_api import expect

from meridian.engine.audit import trail
from meridian.work.handover.models import Custody, SheetItem
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.testing import TESTS, account_of, small_desk, some_item
from meridian.work.shifts.models import Hub
from meridian.work.shifts.testing import on_shift

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
ROLE = ("servicedesk.workitem.*", "servicedesk.*.view", "shifts.*.view")


@pytest.fixture
def hubs(seeded):
    desk = small_desk()
    now = timezone.now()
    with trail.entry("tests.arrange", TESTS):
        new_york = make(Hub, code="NEW-YORK", name={"en": "New York"}, team=desk.second)
        make(Hub, code="BRINDISI", name={"en": "Brindisi"}, team=desk.desk, hands_over_to=new_york)
    on_shift(desk.desk, desk.agent, now - timedelta(hours=7), now + timedelta(minutes=45))
    on_shift(desk.second, desk.resolver, now - timedelta(hours=1), now + timedelta(hours=7))
    some_item(desk, team=desk.desk, title="The link to Goma is down", impact=1, urgency=1)
    some_item(desk, team=desk.desk, title="A mouse is broken", impact=4, urgency=4)
    react()
    return desk


def test_handing_over_from_brindisi_to_new_york(visitor, served_house, hubs):
    with visitor() as brindisi, visitor(java_script_enabled=False, **PHONE) as new_york:
        accounts = [account_of(person, *ROLE) for person in (hubs.agent, hubs.resolver)]
        with trail.entry("tests.arrange", TESTS):
            Role.objects.update(kind="agent")
        for page, account in zip((brindisi, new_york), accounts, strict=True):
            let_in(page, account, served_house)
        offer(brindisi)
        accept(new_york)
        brindisi.reload()
        expect(brindisi.get_by_text("accepted").first).to_be_visible()
        brindisi.get_by_role("button", name="Close the sheet").first.click()
        expect(brindisi.get_by_text("closed", exact=True).first).to_be_visible()
    row = SheetItem.objects.get()
    assert (row.state, row.answered_by) == ("accepted", hubs.resolver)
    item = WorkItem.objects.get(title="The link to Goma is down")
    assert Custody.objects.get(item=item).hub.code == "NEW-YORK"
    assert (item.team, item.assignee) == (hubs.second, hubs.resolver)


def offer(page) -> None:
    """Begin the sheet, say what the next hub must know, by the keyboard alone, and offer it."""
    page.goto("/handover/")
    page.get_by_role("button", name="Brindisi").click()
    expect(page.get_by_text("The link to Goma is down").first).to_be_visible()
    expect(page.get_by_text("A mouse is broken")).to_have_count(0)
    page.get_by_label("What it is about").focus()
    page.keyboard.type("No traffic since noon; the carrier knows.")
    page.keyboard.press("Tab")
    page.keyboard.type("Modem restarted.")
    page.keyboard.press("Tab")
    page.keyboard.type("Call the carrier at 21:00")
    page.get_by_role("button", name="Offer what is ready").click()
    expect(page.get_by_text("offered", exact=True).first).to_be_visible()


def accept(page) -> None:
    """On a phone without scripts: the first page leads to the sheet; read it and take it."""
    page.goto("/")
    page.get_by_role("link", name="Brindisi → New York").first.click()
    expect(page.get_by_text("Call the carrier at 21:00")).to_be_visible()
    assert page.locator("article.card").bounding_box()["width"] <= 390
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("is in your hands")).to_be_visible()
