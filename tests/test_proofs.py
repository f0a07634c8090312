"""Every figure that carries a proof is the one that is recomputed; a proof shows nobody else's rows."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from house.actors import Stage, stage

from meridian.engine.modules.registry import proofs
from meridian.work.servicedesk.testing import small_desk, some_item

HANDLE = re.compile(r'<a class="proof" href="([^"]+)" aria-label="([^"]+)"')
SECRET = "Behind the curtain"


def world(house: Stage) -> str:
    desk = small_desk()
    for place in range(3):
        some_item(desk, title=f"{SECRET} {place}")
    return "/world/"


# The page on which the figures of each proof stand, and who sees all rows behind them.
PAGES: dict[str, tuple[str, Callable[[Stage], str]]] = {
    "world": ("lord", world),
}


@pytest.fixture
def house(db) -> Stage:
    return stage()


def handles(client: Client, address: str) -> list[tuple[str, str]]:
    """The proofs of a page: where each stands, and what its figure is called."""
    page = client.get(address)
    assert page.status_code == 200, page.content
    return [(unescape(url), unescape(label)) for url, label in HANDLE.findall(page.content.decode())]


def program(client: Client, url: str) -> dict:
    """What the interface says of the same figure."""
    token = client.get("/account/own/").cookies.get("csrftoken")
    headers = {"X-CSRFToken": token.value} if token else {}
    answer = client.get("/api" + url.replace("/?", "?"), headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_a_page_is_recomputed_to_the_number_shown(name, house):
    reader, prepare = PAGES[name]
    client = house.clients[reader]
    found = handles(client, prepare(house))
    assert found
    for url, label in found:
        told = program(client, url)
        assert (told["differs"], told["figure"]) == ("", told["shown"]), label
        assert told["rows_unseen"] == 0, label
        page = client.get(url)
        assert page.status_code == 200, label
        assert "It is the number that the page showed." in page.content.decode()


def test_every_proof_is_tried():
    assert {given.module for given in proofs()} == set(PAGES)
