"""The key `p`: all figures of a page without one at hand, else the proof of that figure, in a dialog."""

import pytest
from house.entering import let_in

from meridian.work.servicedesk.testing import account_of, small_desk, some_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_key_opens_the_proof_of_the_figure_at_hand(visitor, served_house, seeded):
    desk = small_desk()
    account = account_of(desk.agent, "*")
    for place in range(3):
        some_item(desk, title=f"Trouble {place}")
    with visitor() as page:
        let_in(page, account, served_house)
        page.goto("/world/", wait_until="networkidle")
        page.keyboard.press("p")
        page.locator("#proof-body a").nth(3).click()
        page.wait_for_selector("#proof-body h3")
        assert page.locator("#proof-body h3").inner_text() == "Items waiting"
        assert page.locator("#proof-body h1").count() == 0
        page.keyboard.press("Escape")
        page.locator(".tile").nth(2).hover()
        page.keyboard.press("p")
        page.locator("#proof-body h3", has_text="Items in hand").wait_for()
        page.keyboard.press("Escape")
        handle = page.locator(".tile a.proof").first
        size = handle.bounding_box()
        assert min(size["width"], size["height"]) >= 24
        page.goto(handle.get_attribute("href"))
        assert page.locator("h1").inner_text() == "Desks open"
