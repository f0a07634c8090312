"""A parameter of a page made by hand that names a row, a choice or a day refuses what is none, in words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from house.actors import Stage, stage
from house.factory import make

from meridian.engine.pages.asked import HOUSE
from meridian.engine.resources import resources
from meridian.registers.organisation.models import Unit
from meridian.steering.budgets.models import BudgetLine

pytestmark = pytest.mark.django_db
NONSENSE = "no-such-thing-anywhere"
# Words to look for, a title that is typed on, an address to go back to, a switch: whatever is said is meant.
FREE = {"q", "title", "next", "all", "download", "events"}


@pytest.fixture
def house() -> Stage:
    return stage()


def pages(resolver: URLResolver, stem: str = "/") -> Iterator[tuple[str, Any]]:
    """Every page of the house."""
    for found in resolver.url_patterns:
        path = stem + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from pages(found, path)
        elif isinstance(found, URLPattern) and found.callback.__module__.startswith(HOUSE):
            yield path, found.callback


def opened(path: str) -> str | None:
    """The address as it opens: the page of a row is asked for each row that was made."""
    if "<" not in path:
        return path
    stem = path.split("<")[0]
    for resource in resources():
        if f"/{resource.module()}/{resource.address}/" == stem:
            row = resource.model._base_manager.first()
            filled = path.replace("<int:key>", str(row.pk)) if row else path
            return None if "<" in filled else filled
    return None


def test_every_page_refuses_nonsense_for_each_parameter_that_it_takes(house):
    for resource in resources():
        make(resource.model, {Unit: house.here})
    client, passed_over, asked = house.clients["lord"], [], set()
    for path, page in pages(get_resolver()):
        names = set(getattr(page, "parameters", ()) or ()) - FREE
        address = opened(path) if names else None
        if address is None or client.get(address).status_code != 200:
            continue
        for name in names:
            answer = client.get(address, {name: NONSENSE})
            if answer.status_code != 422 or 'role="alert"' not in answer.content.decode():
                passed_over.append(f"{address}?{name}: {answer.status_code}")
            asked.add(name)
    assert not passed_over, "\n".join(passed_over)
    assert {"unit", "fund", "from", "hours", "after"} <= asked, asked


def test_the_grid_names_the_near_units(house):
    line = make(BudgetLine, {Unit: house.here})
    address = f"/budgets/budget-versions/{line.budget_version_id}/"
    code = house.here.code
    refused = house.clients["lord"].get(address, {"unit": f"{code}X"})
    assert refused.status_code == 422
    assert f"Did you mean “{code}”" in refused.content.decode()
    assert house.clients["lord"].get(address, {"unit": code[:2].lower()}).status_code == 200
