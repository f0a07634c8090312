"""A budget of full size is filled in as its page prints it, and adopted after one question."""

import os
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from house.entering import let_in
from house.factory import make

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor
from meridian.registers.organisation.models import Unit
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import Activity, BudgetLine, Fund
from meridian.work.servicedesk.testing import account_of, small_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACTOR = system_actor("tests")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def house(seeded):
    """A version of 833 lines, and somebody who may do everything."""
    account = account_of(small_desk().agent, "*")
    version = commands.add_version(actor=ACTOR, period_kind="year", start_year=2027)
    units = [make(Unit) for _ in range(34)]
    facts = list(product(units, Fund.values, Activity.values))[:833]
    with trail.entry("tests.fill", ACTOR):
        BudgetLine.objects.bulk_create(
            BudgetLine(budget_version=version, unit=unit, fund=fund, activity=activity, base_usd=12345)
            for unit, fund, activity in facts
        )
    return account, version


def sight(page, name):
    """No barrier, nothing wider than the window; a picture where one is asked for."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def test_cells_are_walked_pasted_and_saved_in_the_language_of_the_page(visitor, served_house, house):
    account, version = house
    with visitor(locale="fr-FR", viewport={"width": 1500, "height": 1000}) as page:
        let_in(page, account, served_house)
        set_language(page, served_house, "fr")
        page.goto(f"/budgets/budget-versions/{version.pk}/")
        cells = page.locator('input[name^="base_usd-"]')
        assert cells.count() == 150
        cells.nth(0).fill("1\u202f234,50")
        cells.nth(0).press("Enter")
        assert page.evaluate("document.activeElement.name") == cells.nth(1).get_attribute("name")
        page.evaluate(
            """() => { const data = new DataTransfer(); data.setData("text", "7,5\\n8 000,25\\n");
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
        )
        assert cells.nth(2).input_value() == "8 000,25"
        page.locator("#reason").fill("Nouveaux prix")
        sight(page, "grid-fr")
        cells.nth(3).fill("1234")
        page.locator(".form-end .button.first").first.click()
        page.wait_for_selector("#messages .notice.good")
        saved = version.lines.exclude(base_usd=12345).values_list("base_usd", flat=True)
        assert sorted(map(float, saved)) == [7.5, 1234, 1234.5, 8000.25]


def test_the_grid_and_its_question_fit_a_phone_in_arabic_without_javascript(visitor, served_house, house):
    account, version = house
    with visitor(locale="ar", java_script_enabled=False, **PHONE) as plain, visitor(**PHONE) as page:
        let_in(page, account, served_house)
        set_language(page, served_house, "ar")
        page.goto(f"/budgets/budget-versions/{version.pk}/")
        sight(page, "grid-ar-phone")
        page.locator('form[action$="/adopt/"] button').click()
        page.wait_for_selector("input[name=confirmation]", state="attached")
        sight(page, "confirm-ar-phone")
        version.refresh_from_db()
        assert version.adopted_at is None
        let_in(plain, account, served_house)
        plain.goto(f"/budgets/budget-versions/{version.pk}/?from=751")
        assert plain.locator('input[name^="base_usd-"]').count() == 83
        plain.locator('form[action$="/adopt/"] button').click()
        plain.locator("button.danger").click()
        assert plain.locator("#messages .notice.good").count() == 1
    version.refresh_from_db()
    assert version.adopted_at is not None


def set_language(page, address, language):
    """Choose the language as its picker does."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": address}])
