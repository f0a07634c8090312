"""The first page that everybody meets."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("language", "direction"),
    [("en", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("ru", "ltr"), ("zh-CN", "ltr"), ("ar", "rtl")],
)
def test_it_is_in_the_visitors_language_and_direction(visitor, language, direction):
    with visitor(locale=language) as page:
        page.goto("/account/login/")
        html = page.locator("html")
        assert html.get_attribute("dir") == direction
        assert html.get_attribute("lang")[:2] == language[:2]
        expect(page.locator("form input[type=password]")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
