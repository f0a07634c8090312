"""Pages over a satellite link: few bytes and requests; and pages for everybody: no barrier."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from house.entering import let_in
from house.factory import make

from meridian.registers.places.models import Site
from meridian.work.servicedesk.testing import account_of, small_desk, some_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST_BYTES, NEXT_BYTES, MOST_REQUESTS = 60_000, 15_000, 8
CONTRAST = {"runOnly": ["color-contrast"]}
ROWS = 30
FIRST_SEEN = (
    *("first page", "world", "queue", "item", "portal"),
    *("list", "detail", "form", "search", "account"),
)


@pytest.fixture
def house(seeded):
    """The addresses to look at, and somebody who may see all of them."""
    desk = small_desk()
    account = account_of(desk.agent, "*")
    numbers = [some_item(desk, title=f"Trouble of the {place}. kind").number for place in range(ROWS)]
    sites = [make(Site, duty_station=desk.site.duty_station, name=f"Site {place}") for place in range(ROWS)]
    return account, {
        "first page": "/",
        "registers": "/registers/",
        "tomorrow": "/world/?hours=24",
        "world": "/world/",
        "queue": "/desk/?view=open",
        "item": f"/desk/{numbers[0]}/",
        "portal": "/portal/",
        "list": "/places/sites/",
        "detail": f"/places/sites/{sites[0].pk}/",
        "form": f"/places/sites/{sites[0].pk}/edit/",
        "search": "/search/?q=trouble",
        "account": "/account/own/",
        "wall": "/world/wall/",
        "request": f"/portal/{numbers[0]}/",
    }


class Wire:
    """Counts what a page takes over the wire, headers and all."""

    def __init__(self, page):
        self.bytes, self.requests = 0, []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)

    def _asked(self, event):
        if not event["request"]["url"].startswith("data:"):
            self.requests.append(event["request"]["url"])

    def _finished(self, event):
        self.bytes += event["encodedDataLength"]

    def read(self) -> tuple[int, list[str]]:
        """Bytes and addresses since the last reading."""
        found, self.bytes, self.requests = (int(self.bytes), self.requests), 0, []
        return found


def test_the_first_visit_and_the_next_pages_are_light(visitor, served_house, house):
    account, addresses = house
    too_heavy = []
    for name in (
        "first page",
        "world",
        "queue",
        "item",
        "portal",
        "list",
        "detail",
        "form",
        "search",
        "account",
    ):
        with visitor() as page:
            let_in(page, account, served_house)
            wire = Wire(page)
            page.goto(addresses[name], wait_until="networkidle")
            weight, requests = wire.read()
            if weight > FIRST_BYTES or len(requests) > MOST_REQUESTS:
                too_heavy.append(("first", name, weight, requests))
            if name == "world":
                too_heavy += heavy_pages(page, wire, addresses)
    assert not too_heavy


def heavy_pages(page, wire, addresses) -> list[tuple]:
    """Pages that weigh too much once the style and the scripts are known; each is opened again."""
    found = []
    for name, address in addresses.items():
        page.goto(address, wait_until="networkidle")
        wire.read()
        page.goto(address, wait_until="networkidle")
        weight, requests = wire.read()
        if weight > NEXT_BYTES or len(requests) > MOST_REQUESTS:
            found.append(("next", name, weight, requests))
    return found


def test_a_stranger_meets_a_light_sign_in(visitor):
    with visitor() as page:
        wire = Wire(page)
        page.goto("/account/login/", wait_until="networkidle")
        weight, requests = wire.read()
        assert weight <= FIRST_BYTES
        assert len(requests) <= MOST_REQUESTS, requests


@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", CONTRAST)])
def test_no_page_has_a_barrier(visitor, served_house, house, scheme, options):
    account, addresses = house
    found = []
    with visitor(color_scheme=scheme) as page:
        page.goto("/account/login/")
        found += barriers(page, "sign-in", options)
        let_in(page, account, served_house)
        for name, address in addresses.items():
            page.goto(address)
            found += barriers(page, name, options)
    assert not found, "\n".join(found)


def barriers(page, name: str, options: dict) -> list[str]:
    """What stands in somebody's way on the page."""
    found = []
    for violation in Axe().run(page, options=options).response["violations"]:
        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
        found.append(f"{name}: {violation['id']}: {violation['help']}: {nodes}")
    return found
