"""The queue beside the item, by keyboard alone; and words that outlive a lost line."""

import pytest
from house.entering import let_in
from playwright.sync_api import expect

from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.testing import account_of, small_desk, some_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = {"viewport": {"width": 1440, "height": 900}}
FOCUS = "document.activeElement.tagName"


@pytest.fixture
def desk(seeded):
    return small_desk()


@pytest.fixture
def agent(desk):
    return account_of(desk.agent, "servicedesk.workitem.*", "routines.*", "effort.*")


def heading(page):
    return page.locator("[data-beside] h1")


def open_first(page) -> None:
    page.goto("/desk/?view=open")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/INC*/")
    expect(heading(page)).to_be_focused()


def test_an_agent_works_the_queue_beside_the_item_by_keyboard(visitor, served_house, desk, agent):
    first, second = (some_item(desk, title=f"{place} trouble") for place in ("First", "Second"))
    with visitor(**WIDE) as page:
        let_in(page, agent, served_house)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        open_first(page)
        expect(heading(page)).to_have_text("First trouble")
        assert page.url.endswith(f"/desk/{first.number}/")
        expect(page.locator("tr[aria-current=true]")).to_contain_text(first.number)
        walk_and_answer(page, second)
        assert WorkItem.objects.get(pk=second.pk).assignee_id == desk.agent.pk
        expect(page.locator("tr[aria-current=true]")).to_contain_text("Assigned")
        page.keyboard.press("d")
        page.wait_for_url("**/resolve/**")
        page.locator("[data-beside] textarea[name=solution]").fill("It was off.")
        page.locator("[data-beside] textarea[name=solution]").press("Tab")
        page.locator("[data-beside] form[method=post] button.first").press("Enter")
        page.wait_for_url(f"**/desk/{second.number}/")
        expect(page.locator("tr[aria-current=true]")).to_contain_text("Resolved")
        goes_back(page, first)
        assert len([url for url in asked if url.split("?")[0].endswith("/desk/")]) == 1, asked
    assert WorkItem.objects.get(pk=second.pk).state == "resolved"


def walk_and_answer(page, second) -> None:
    """Next, take, answer: each by its key, the focus where the next key is pressed."""
    page.keyboard.press("j")
    expect(heading(page)).to_have_text("Second trouble")
    page.wait_for_url(f"**/desk/{second.number}/")
    page.keyboard.press("t")
    expect(page.locator("[data-beside] .head")).to_contain_text("Chen")
    page.keyboard.press("r")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("Have you tried the blue button?")
    page.get_by_role("button", name="Send to the requester").press("Enter")
    expect(page.locator(".events")).to_contain_text("the blue button")
    expect(heading(page)).to_be_focused()


def goes_back(page, first) -> None:
    """Back shows what stood beside before, then the queue alone; `?` lists the keys."""
    while not page.url.endswith(f"/desk/{first.number}/"):
        at = page.url
        page.go_back()
        page.wait_for_function("(at) => location.href !== at", arg=at)
    expect(heading(page)).to_have_text("First trouble")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Back to the queue")
    page.keyboard.press("Escape")
    page.go_back()
    expect(page.locator("[data-beside]")).to_be_hidden()
    assert page.url.endswith("/desk/?view=open")


def test_words_outlive_a_closed_page_and_are_forgotten_when_said(visitor, served_house, desk, agent):
    item = some_item(desk, title="Half an answer")
    with visitor(**WIDE) as page:
        let_in(page, agent, served_house)
        open_first(page)
        page.keyboard.press("r")
        page.keyboard.type("Half of what I wanted to say")
        page.goto("about:blank")
        page.goto(f"/desk/{item.number}/")
        expect(page.locator("#text")).to_have_value("Half of what I wanted to say")
        expect(page.get_by_text("were kept in this browser")).to_be_visible()
        page.get_by_role("button", name="Send to the requester").click()
        expect(page.locator(".events")).to_contain_text("Half of what")
        page.reload()
        expect(page.locator("#text")).to_have_value("")


def test_on_a_narrow_screen_an_item_is_its_own_page(visitor, served_house, desk, agent):
    item = some_item(desk, title="A phone's trouble")
    with visitor(viewport={"width": 390, "height": 844}) as page:
        let_in(page, agent, served_house)
        page.goto("/desk/?view=open")
        page.get_by_role("link", name=item.number).click()
        page.wait_for_url(f"**/desk/{item.number}/")
        expect(page.locator("main > .head h1, main .head h1")).to_have_text("A phone's trouble")
        expect(page.locator("[data-beside]")).to_have_count(0)


def test_filters_of_the_queue_can_be_read_on_a_phone(visitor, served_house, desk, agent):
    some_item(desk, title="Some trouble")
    with visitor(viewport={"width": 390, "height": 844}) as page:
        let_in(page, agent, served_house)
        page.goto("/desk/?view=open")
        fields = page.locator(".filters > select, .filters input[type=search], .filters input[type=text]")
        widths = fields.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
        assert len(widths) > 5
        assert min(widths) > 100, widths
