"""The page in a real browser: keys, picking, theme; and the menu without any script."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext, Page, Route

from meridian.engine.design.tables import BulkAction, Cell, Column, Row, Table

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[1] / "static"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SITE = "http://meridian.test/"
DIGEST = re.compile(r"\.[0-9a-f]{12}\.")


@pytest.fixture
def markup(settings: object) -> str:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    rows = [Row([Cell(name, url=f"/{name}/"), Cell("7", "number")], name) for name in ("Dili", "Juba", "Wau")]
    columns = [Column("Name"), Column("Waiting", "number")]
    context = {
        "menu": [{"title": "Queue", "url": "/queue/", "icon": "queue", "key": 2, "current": False}],
        "palette_url": "/palette/",
        "table": Table("Desks", columns, rows, "/bulk/", [BulkAction("take", "Take")]),
        "head": {
            "title": "Desks",
            "kind": "List",
            "actions": [{"title": "Edit", "url": "/edit/", "key": "e"}],
        },
    }
    return render_to_string("design/gallery.html", context)


def open_page(context: BrowserContext, markup: str) -> Page:
    """The page and its files at an address that exists only in this browser."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            # Other tests of the process may have kept addresses that carry a file's digest.
            file = STATIC / DIGEST.sub(".", path.removeprefix("/static/"))
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0])
        elif path == "/palette/":
            found = [{"title": f"{route.request.url[-3:]} {n}", "url": f"/found/{n}/"} for n in (1, 2)]
            page = render_to_string("design/partials/palette_items.html", {"items": found})
            route.fulfill(body=page, content_type="text/html")
        else:
            route.fulfill(body=markup, content_type="text/html")

    context.route("**/*", answer)
    page = context.new_page()
    page.goto(SITE)
    return page


@pytest.fixture
def page(chromium: Browser, markup: str) -> Iterator[Page]:
    context = chromium.new_context()
    yield open_page(context, markup)
    context.close()


def test_slash_searches_and_question_mark_lists_the_keys(page: Page) -> None:
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("j/")
    assert page.input_value("#find") == "j/"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.is_visible("#keys")


def test_rows_are_walked_picked_and_opened(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[name=key]").nth(1).is_checked()
    assert page.inner_text("[data-picked]") == "1 of the 3 on this page"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(SITE + "Dili/")


def test_all_rows_are_picked_at_once(page: Page) -> None:
    page.check("[data-pick-all]")
    assert page.inner_text("[data-picked]") == "3 of the 3 on this page"
    page.uncheck("[name=key][value=Juba]")
    assert page.evaluate("document.querySelector('[data-pick-all]').indeterminate")


def test_keys_go_to_pages_and_press_actions(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("2")
    page.wait_for_url(SITE + "queue/")
    page.keyboard.press("e")
    page.wait_for_url(SITE + "edit/")


def test_the_theme_is_kept_in_a_cookie(page: Page) -> None:
    page.click("[data-theme-toggle]")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert {"meridian_theme": "dark"}.items() <= {
        c["name"]: c["value"] for c in page.context.cookies()
    }.items()


def test_the_palette_finds_while_one_types_and_opens_by_keys(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    # htmx takes hold of the page some moments after it is loaded.
    page.wait_for_selector("#palette input[data-htmx-powered]", state="attached")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-items a")
    page.keyboard.type("wau")
    page.wait_for_selector("#palette-items a:has-text('wau 2')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#palette input", "aria-activedescendant") == "palette-at"
    page.keyboard.press("Enter")
    page.wait_for_url(SITE + "found/2/")
    assert not faults


def test_leaving_a_changed_form_is_asked_about(page: Page) -> None:
    page.evaluate("""() => { const f = document.createElement('form'); f.dataset.guard = '';
        f.innerHTML = '<input id=guarded>'; document.querySelector('main').append(f); }""")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#guarded", "new")
    page.reload()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_spills_and_the_menu_opens_without_script(chromium: Browser, markup: str, width: int) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = open_page(context, markup)
    if width == 360:
        assert not page.is_visible(".menu a")
        page.click(".menu-switch summary")
    assert page.is_visible(".menu a")
    assert not page.is_visible("[data-theme-toggle]")
    box = page.locator("html").bounding_box()
    assert box is not None
    assert box["width"] <= width
    context.close()
