"""A list that is not understood, and many rows changed at once: on a wide screen, on a phone, in Arabic."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from house.entering import let_in
from house.factory import make
from playwright.sync_api import expect

from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.places.models import DutyStation, Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = (
    ("wide", {"viewport": {"width": 1440, "height": 900}}),
    ("phone", {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}),
    ("arabic", {"viewport": {"width": 1440, "height": 900}, "locale": "ar"}),
    ("arabic-phone", {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "locale": "ar"}),
)


@pytest.fixture
def keeper(seeded) -> Account:
    account = make(Account, username="keeper")
    role = make(Role, code="keeper", permissions=["places"])
    make(Holding, account=account, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    station = make(DutyStation, code="FIH", name={"en": "Kinshasa", "ar": "كينشاسا"})
    for number in range(70):
        make(DutyStation, code=f"X{number}", name={"en": f"Station {number}"})
    for number in range(3):
        make(Site, code=f"K-{number}", name=f"Kinshasa {number}", duty_station=station)
    make(Site, code="N-1", name="Elsewhere", duty_station=DutyStation.objects.get(code="X1"))
    return account


@contextmanager
def screen(chromium, served_house, account, options) -> Iterator:
    """A page that may be refused: what a refused page writes to the console is no fault here."""
    context = chromium.new_context(base_url=served_house, **options)
    context.set_default_timeout(60_000)
    language = options.get("locale", "en")
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": served_house}])
    page = context.new_page()
    let_in(page, account, served_house)
    yield page
    context.close()


def look(page, name: str) -> None:
    """Nothing runs out of the screen, and the page reads in the direction of its language."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert page.locator("html").get_attribute("dir") == ("rtl" if "arabic" in name else "ltr"), name


def test_a_filter_that_is_not_understood_shows_no_row_and_leads_on(chromium, served_house, keeper):
    for name, options in SCREENS:
        with screen(chromium, served_house, keeper, options) as page:
            page.goto("/places/sites/?duty_station=Kinshassa&utm_source=mail")
            assert page.locator("#list tbody tr").count() == 0
            alert = page.locator("#list [role=alert]")
            assert "FIH · Kinshasa" in alert.inner_text() or "FIH · كينشاسا" in alert.inner_text()
            assert page.locator("input[name=duty_station]").first.input_value() == "Kinshassa"
            look(page, f"refused-{name}")
            alert.get_by_role("link").nth(1).click()
            page.locator("input[name=duty_station]").first.fill("kinsh")
            page.locator("form.filters button.button").last.click()
            assert page.locator("#list tbody tr").count() == 3
            look(page, f"found-{name}")


def test_many_rows_are_changed_only_where_somebody_answered(chromium, served_house, keeper):
    for name, options in SCREENS:
        with screen(chromium, served_house, keeper, options) as page:
            page.goto("/places/sites/?duty_station=FIH")
            for box in page.locator("tbody input[name=key]").all():
                box.check()
            page.locator("button[value=change]").click()
            chosen = page.locator("form select:not([multiple]) option:checked")
            assert all(option.get_attribute("value") == "" for option in chosen.all())
            look(page, f"bulk-{name}")
            page.locator("form .form-end button").click()
            expect(page.locator("[role=alert]")).to_be_visible()
            page.locator("select[name=bandwidth_class]").select_option("C")
            page.locator("form .form-end button").click()
            expect(page.locator("#messages .notice")).to_be_visible()
            look(page, f"done-{name}")
    changed = dict(Site.objects.values_list("code", "bandwidth_class"))
    assert changed == {"K-0": "C", "K-1": "C", "K-2": "C", "N-1": "A"}
