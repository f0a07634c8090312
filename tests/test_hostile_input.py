"""No input is a fault of the program: every filter of every list and every address of the house.

A share of what is odd, always the same; `make soak` tries all of it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from house.actors import Stage, stage
from house.factory import make
from house.hostile import TEXTS, some
from house.shares import least, some_by, some_of

from meridian.engine.listing.listing import Listing
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.pages.asked import HOUSE
from meridian.engine.resources import resources
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
FINE = (200, 302, 400, 403, 404, 405, 422)


@pytest.fixture
def house() -> Stage:
    return stage()


def asked(client: Client, address: str, faults: list[str]) -> None:
    """Ask for an address and note what is no answer; whatever it wrote is taken back."""
    point = transaction.savepoint()
    try:
        answer = client.get(address)
        if answer.status_code not in FINE:
            faults.append(f"{address[:200]}: answers {answer.status_code}")
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
        faults.append(f"{address[:200]}: {type(fault).__name__}: {str(fault)[:200]!r}")
    finally:
        transaction.savepoint_rollback(point)


def test_every_filter_refuses_what_it_cannot_hold(house):
    actor, count = actor_of(house.accounts["lord"]), 0
    for resource in some_of(resources(), "odd filters"):
        make(resource.model, {Unit: house.here})
        names = [f"{row.name}{end}" for row in resource.filters() for end in ("", "_from", "_to")]
        for name in [*names, "sort", "after", "before"]:
            for value in some(TEXTS, 9, resource.__name__, name):
                try:
                    Listing(resource, actor, {name: value}).page(1)
                except NotUnderstood as fault:
                    assert name in fault.faults, (resource, name)  # noqa: PT017 - what it names is the point
                count += 1
    assert count > least(2_000)


def addresses(resolver: URLResolver, stem: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address of the house with its page, the parts still open."""
    for found in resolver.url_patterns:
        path = stem + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from addresses(found, path)
        elif isinstance(found, URLPattern) and found.callback.__module__.startswith(HOUSE):
            yield path, found.callback


def room_of_page(found: tuple[str, Any]) -> str:
    return (*found[1].__module__.split("."), "", "")[2]


def opened(path: str, words: str) -> str:
    """An address with something for each of its open parts."""
    parts = path.replace("<", "\0<").replace(">", ">\0").split("\0")
    return "".join(
        ("999999999" if part.startswith("<int:") else words) if part.startswith("<") else part
        for part in parts
    )


WORDS = (
    "nothing",
    "%00",
    "%ED%A0%80",
    "%FF",
    "%C2%B2",
    "9" * 300,
    "%D9%A1",
    "..%2f",
    "x" * 5_000,
    "%0A",
    "%E2%80%AE",
)


def test_every_page_refuses_odd_addresses_and_odd_parameters(house):
    client, faults, count = house.clients["lord"], [], 0
    for path, page in some_by(addresses(get_resolver()), "odd", room_of_page):
        # Whether the house is ready is no question of what is asked.
        if path.startswith("/api/") or path == "/ready":
            continue
        has_words = any(kind in path for kind in ("<str:", "<slug:", "<path:"))
        given = [opened(path, words) for words in (some(WORDS, 4, path) if has_words else WORDS[:1])]
        for name in getattr(page, "parameters", ()) or ():
            values = [quote(value)[:9_000] for value in some(TEXTS, 6, path, name)]
            given += [f"{opened(path, 'nothing')}?{name}={value}" for value in values]
        for address in given:
            asked(client, address, faults)
        count += len(given)
    assert not faults, "\n".join(faults)
    assert count > least(500)
