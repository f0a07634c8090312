"""How many statements pages ask: session, account, rights and the bell among them."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from house.actors import Stage, stage
from house.factory import make

from meridian.engine.listing import listing
from meridian.engine.policies import OwnPolicy
from meridian.engine.resources import Resource, resources
from meridian.engine.values import url_of
from meridian.registers.access.models import Account
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
MOST_OF_A_LIST, MOST_OF_A_PAGE = 8, 12
# Rows of the trail are written by the database alone.
UNMADE = {"audit.entry", "audit.change"}
ROWS = 3
CLOSED = (403, 404)


def test_no_list_asks_more_than_eight_statements_and_no_page_of_a_row_more_than_twelve(monkeypatch):
    # More rows than a page holds: then they are counted too.
    monkeypatch.setattr(listing.Listing.page, "__defaults__", (ROWS - 1, ()))
    house = stage()
    too_many = []
    for resource in resources():
        if resource.model._meta.label_lower in UNMADE:
            continue
        # The rows of one register go before those of the next come: codes of two letters are soon used up.
        with transaction.atomic():
            too_many += excesses(resource, house)
            transaction.set_rollback(True)
    assert not too_many, "\n".join(too_many)


def excesses(resource: type[Resource], house: Stage) -> list[str]:
    """Which of its pages ask too much, and what they ask."""
    found = []
    page = url_of(rows_of(resource, house)[-1])
    listed = f"{page.rstrip('/').rpartition('/')[0]}/"
    # Who holds a unit alone is asked for every kind of row that others refer to; who holds all is not.
    for name in ("lord", "right"):
        for address, most in ((listed, MOST_OF_A_LIST), (page, MOST_OF_A_PAGE)):
            asked = statements(house.clients[name], address)
            if len(asked) > most:
                found.append(f"{address} for {name}: {len(asked)}\n  " + "\n  ".join(asked))
    return found


def rows_of(resource: type[Resource], house: Stage) -> list:
    """Some rows at the unit of who holds a unit; what is somebody's own is the lord's."""
    if resource.model is Unit:
        return [make(Unit, parent=house.here) for _turn in range(ROWS)]
    own = {Account: house.accounts["lord"]} if issubclass(resource.policy, OwnPolicy) else {}
    return [make(resource.model, {Unit: house.here, **own}) for _turn in range(ROWS)]


def statements(client: Client, address: str) -> list[str]:
    """What a page asks of the database; few where it is somebody else's."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code in (200, *CLOSED), (address, answer.status_code)
    return [query["sql"][:200] for query in asked]
