"""Each kind of person, from the sign-in to their main job: how many clicks it takes, with no barrier.

The numbers stand in docs/guide/first-pages.md for people to read.
"""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from house.factory import make
from playwright.sync_api import Page, expect

from meridian.holdings.applications.models import Application
from meridian.holdings.inventory.models import Server
from meridian.registers.access.contracts import PersonKind
from meridian.registers.access.models import Account, Holding, Role
from meridian.site.demo.roles import KINDS, ROLES
from meridian.steering.budgets.models import BudgetVersion
from meridian.work.servicedesk.testing import SmallDesk, small_desk, some_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a-long-way-around-the-sun"
TROUBLE = "The radio mast is silent"


class Clicks:
    """Presses what it is told to, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def link(self, name: str) -> None:
        """The first link of the page's own part with these words in its name."""
        self._press(self.page.locator("main").get_by_role("link", name=re.compile(name)).first)

    def button(self, name: str) -> None:
        """The first button of the page's own part with this name."""
        self._press(self.page.locator("main").get_by_role("button", name=name).first)

    def _press(self, target) -> None:
        target.click()
        self.count += 1
        self.page.wait_for_load_state()


def ask(press: Clicks) -> None:
    press.page.locator("main input[name=title]").fill(TROUBLE)
    press.button("Ask")
    press.page.locator("textarea[name=text]").fill("Since this morning.")
    press.button("Send to the desk")
    expect(press.page.get_by_text("The desk has your request")).to_be_visible()


def take(press: Clicks) -> None:
    press.link(TROUBLE)
    press.button("Take")
    expect(press.page.get_by_text("Chen Testov").first).to_be_visible()


def read_what_is_broken(press: Clicks) -> None:
    press.link(TROUBLE)
    assert press.page.url.rstrip("/").rsplit("/", 1)[1].startswith("INC")


def count_servers(press: Clicks) -> None:
    press.link("servers")
    assert press.page.locator("main tbody tr").count() == 1


def see_what_is_critical(press: Clicks) -> None:
    press.link("critical applications")
    assert press.page.locator("main tbody tr").count() == 1


def begin_a_plan(press: Clicks) -> None:
    press.link("New planning dataset")
    expect(press.page.locator("main form input[name=code]")).to_be_visible()


def open_the_budget(press: Clicks) -> None:
    press.link("2026")
    assert "/budget-versions/" in press.page.url


def see_what_waits(press: Clicks) -> None:
    press.link("items waiting")
    expect(press.page.get_by_text(TROUBLE)).to_be_visible()


def read_a_table(press: Clicks) -> None:
    press.link("Approved posts by unit and grade")
    expect(press.page.get_by_role("heading", name="Approved posts by unit and grade")).to_be_visible()


def look_after_failed_jobs(press: Clicks) -> None:
    press.link("failed")
    assert press.page.url.endswith("/operation/jobs/")


# The main job of each, and after how many clicks it is done or lies before them.
JOBS: dict[str, tuple[Callable[[Clicks], None], int]] = {
    "staff": (ask, 2),
    "agent": (take, 2),
    "network": (read_what_is_broken, 1),
    "chief": (count_servers, 1),
    "architect": (see_what_is_critical, 1),
    "planner": (begin_a_plan, 1),
    "continuity": (see_what_is_critical, 1),
    "budget": (open_the_budget, 1),
    "cio": (see_what_waits, 1),
    "delegate": (read_a_table, 1),
    "operator": (look_after_failed_jobs, 1),
}


@pytest.fixture
def desk(seeded: None) -> SmallDesk:
    desk = small_desk()
    some_item(desk, title=TROUBLE)
    make(Server)
    make(Application)
    make(Application, critical=True)
    make(BudgetVersion, start_year=2026, period_kind="year")
    return desk


def sign_in(page: Page, kind: str, desk: SmallDesk) -> None:
    account = make(Account, username=kind, person=desk.agent, password=make_password(PASSWORD))
    if kind in ROLES:
        role = make(Role, code=kind, kind=KINDS[kind], permissions=list(ROLES[kind][1]))
        make(Holding, account=account, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    page.goto("/account/login/")
    page.fill("input[name=login]", kind)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button.first").click()
    page.wait_for_url("**/")


@pytest.mark.parametrize("kind", PersonKind.values)
def test_the_main_job_is_few_clicks_away(visitor, desk: SmallDesk, kind: str) -> None:
    job, clicks = JOBS[kind]
    with visitor() as page:
        sign_in(page, kind, desk)
        assert page.locator("nav.menu li").count() <= 9
        violations = Axe().run(page).response["violations"]
        assert not violations, [(one["id"], one["nodes"][0]["html"][:200]) for one in violations]
        press = Clicks(page)
        job(press)
        assert press.count == clicks


def test_the_hours_are_walked_with_the_keyboard(visitor, desk: SmallDesk) -> None:
    with visitor(viewport={"width": 390, "height": 844}) as page:
        sign_in(page, "agent", desk)
        page.goto("/world/")
        page.wait_for_selector("#hour[data-htmx-powered]", state="attached")
        page.locator("#hour").focus()
        page.keyboard.press("ArrowRight")
        page.get_by_text("In 1 hour,").wait_for()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        page.get_by_text("1 hour ago,").wait_for()
        assert page.evaluate("document.activeElement.id") == "hour"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        violations = Axe().run(page).response["violations"]
        assert not violations, [(one["id"], one["nodes"][0]["html"][:200]) for one in violations]
