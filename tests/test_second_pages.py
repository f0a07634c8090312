"""Every list can be walked to its end and back, however it is sorted: no page breaks, none is lost."""

import pytest
from django.db import transaction
from house.actors import stage
from house.factory import make
from house.shares import some_of

from meridian.engine.listing.keyset import sortable
from meridian.engine.listing.listing import Listing
from meridian.engine.resources import Resource, resources
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
ROWS = 3


def walked(resource: type[Resource], actor, sort: dict[str, str]) -> tuple[list[int], list[int]]:
    """The keys met on the way to the end, and on the way back."""
    there: list[int] = []
    page = Listing(resource, actor, sort).page(1)
    there += [row.pk for row in page.rows]
    while page.next_token:
        page = Listing(resource, actor, sort | {"after": page.next_token}).page(1)
        there += [row.pk for row in page.rows]
    back = [row.pk for row in page.rows]
    while page.previous_token:
        page = Listing(resource, actor, sort | {"before": page.previous_token}).page(1)
        back += [row.pk for row in page.rows]
    return there, back


def test_every_list_is_walked_to_its_end_and_back_in_every_order_that_it_offers():
    house = stage()
    actor = actor_of(house.accounts["lord"])
    for resource in some_of(resources(), "walks"):
        point = transaction.savepoint()
        for _ in range(ROWS):
            make(resource.model, {Unit: house.here})
        keys = set(resource.model._default_manager.permitted(actor).values_list("pk", flat=True))
        columns = [row.name for row in resource.columns() if sortable(resource.field(row.name))]
        sorts = [{}, *({"sort": f"{sign}{name}"} for name in columns for sign in ("", "-"))]
        for sort in sorts:
            there, back = walked(resource, actor, sort)
            assert len(there) == len(keys), (resource, sort)
            assert set(there) == keys, (resource, sort)
            assert back == there[::-1], (resource, sort)
        transaction.savepoint_rollback(point)


def test_every_list_over_rest_is_read_to_its_end_by_its_parameters():
    house = stage()
    client, walked_lists = house.clients["lord"], 0
    for resource in resources():
        if not resource.api_fields("r"):
            continue
        point = transaction.savepoint()
        for _ in range(2):
            make(resource.model, {Unit: house.here})
        api, asked = f"/api/{resource.module()}/{resource.address}", {"limit": 1}
        columns = [row.name for row in resource.columns() if sortable(resource.field(row.name))]
        if columns:
            asked["sort"] = f"-{columns[0]}"
        first = client.get(api, asked)
        assert first.status_code == 200, (api, first.content)
        if first.json()["next"]:
            second = client.get(api, asked | {"after": first.json()["next"]})
            assert second.status_code == 200, (api, second.content)
            assert second.json()["items"] != first.json()["items"]
            walked_lists += 1
        transaction.savepoint_rollback(point)
    assert walked_lists > 50
