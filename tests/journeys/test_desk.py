"""From the first word of somebody in need to the confirmation that it is solved."""

import pytest
from house.entering import let_in
from playwright.sync_api import expect

from meridian.engine.audit import trail
from meridian.registers.access.models import Account
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.testing import TESTS, account_of, small_desk, some_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def desk(seeded):
    return small_desk()


def test_asking_on_a_phone_without_javascript_until_it_is_solved(visitor, served_house, desk):
    requester, agent = account_of(desk.requester), account_of(desk.agent, "servicedesk.workitem.*")
    with visitor(java_script_enabled=False, **PHONE) as phone, visitor() as page:
        let_in(phone, requester, served_house)
        let_in(page, agent, served_house)
        number = ask(phone)
        answer_and_resolve(page, number)
        phone.goto("/portal/")
        phone.get_by_role("link", name="The printer is silent").click()
        expect(phone.get_by_text("Have you tried the blue button?")).to_be_visible()
        phone.get_by_role("button", name="Yes, it is solved").click()
        expect(phone.get_by_text("Done", exact=True).first).to_be_visible()
    assert WorkItem.objects.get(number=number).state == "closed"


def ask(phone) -> str:
    """Ask on the portal and follow; the number of the request."""
    phone.goto("/portal/")
    phone.locator("main input[name=title]").fill("The printer is silent")
    phone.get_by_role("button", name="Ask").click()
    phone.locator("textarea[name=text]").fill("Since this morning. السلام")
    phone.get_by_role("button", name="Send to the desk").click()
    number = phone.url.rstrip("/").rsplit("/", 1)[1]
    expect(phone.get_by_text(f"The desk has your request {number}")).to_be_visible()
    expect(phone.get_by_text("Since this morning")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_label("Write to the desk").fill("It hums, though.")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_text("It hums, though.")).to_be_visible()
    return number


def answer_and_resolve(page, number: str) -> None:
    """Find, take, answer and resolve an item."""
    page.goto("/desk/?view=open")
    expect(page.get_by_text("The printer is silent").first).to_be_visible()
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="Take").first.click()
    page.get_by_label("Answer").fill("Have you tried the blue button?")
    page.get_by_role("button", name="Send to the requester").click()
    page.get_by_text("Have you tried the blue button?").first.wait_for()
    page.get_by_text("More actions").click()
    page.get_by_role("link", name="Resolve").click()
    page.locator("main textarea[name=solution]").fill("The blue button was off.")
    page.locator("main form[method=post] button.first").click()
    page.wait_for_url(f"**/desk/{number}/")
    assert WorkItem.objects.get(number=number).state == "resolved"


def test_keys_walk_the_queue_and_reach_the_search(visitor, served_house, desk):
    agent = account_of(desk.agent, "servicedesk.workitem.*")
    for title in ("First trouble", "Second trouble", "Third trouble"):
        some_item(desk, title=title)
    with visitor() as page:
        let_in(page, agent, served_house)
        page.goto("/desk/?view=open")
        rows = [link.inner_text() for link in page.locator("main table tbody a[href^='/desk/']").all()]
        page.keyboard.press("j")
        first = focused(page)
        page.keyboard.press("j")
        assert focused(page) != first
        page.keyboard.press("k")
        assert focused(page) == first
        assert any(text and text in first for text in rows)
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/INC*/")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("trouble")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=trouble")


def focused(page) -> str:
    """The words of the row in which the focus stands."""
    return page.evaluate("(document.activeElement.closest('tr') || document.activeElement).innerText")


def test_arabic_is_mirrored(visitor, served_house, desk):
    agent = account_of(desk.agent, "servicedesk.workitem.*")
    sides = {}
    for language in ("en", "ar"):
        with trail.entry("tests.prefer", TESTS):
            Account.objects.filter(pk=agent.pk).update(language=language)
        with visitor(viewport={"width": 1280, "height": 800}) as page:
            let_in(page, agent, served_house)
            page.goto("/desk/")
            menu, main = (page.locator(place).bounding_box() for place in ("nav.menu", "main"))
            sides[page.locator("html").get_attribute("dir")] = menu["x"] > main["x"]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert sides == {"ltr": False, "rtl": True}
