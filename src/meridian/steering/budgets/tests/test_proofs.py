"""The proof of a total: of lines of units that exist, and of the reader's own."""

import pytest

from meridian.engine.audit import trail
from meridian.steering.budgets.tests.test_pages import ACTOR, house, line

__all__ = ["house", "line"]
pytestmark = pytest.mark.django_db


def proof(client, version, unit=""):
    return client.get(
        "/api/proof/budgets.version_total",
        {"version": version.pk, "column": "base_usd", **({"unit": unit} if unit else {})},
    )


def test_a_unit_that_is_none_is_refused_in_words(house, line):
    answer = proof(house.clients["lord"], line.budget_version, "NONSENSE")
    assert answer.status_code == 422
    assert "no unit whose code begins with “NONSENSE”" in answer.json()["detail"]
    told = proof(house.clients["lord"], line.budget_version, "u").json()
    assert (told["figure"], told["rows_counted"], told["rows_unseen"]) == ("1000.00", 1, 0)


def test_who_sees_a_version_without_its_lines_is_told_nothing_of_them(house, line):
    client = house.clients["auditor"]
    (holding,) = house.accounts["auditor"].holdings.all()
    holding.role.permissions = ["budgets.budgetversion.view"]
    with trail.entry("tests.narrow", ACTOR):
        holding.role.save()
    told = proof(client, line.budget_version).json()
    assert (told["figure"], told["rows_counted"], told["rows_unseen"]) == ("0.00", 0, 0)
    page = client.get(f"/proof/budgets.version_total/?version={line.budget_version.pk}&column=base_usd")
    assert "Only rows that are yours to see are in the figure." in page.content.decode()
