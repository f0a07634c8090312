"""Kept views and columns: what a list doesn't understand is never kept, and does no harm where it was."""

import pytest
from house.actors import stage
from house.factory import MAKER, make
from house.nouns import Site

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.listing.commands import change_view, save_view
from meridian.engine.listing.models import ListChoice, SavedView

pytestmark = pytest.mark.django_db
PAGE = "/places/sites/"


def view_of(account, query, **more):
    with trail.entry("tests.fill", MAKER):
        return SavedView.objects.create(
            account=account, listing="places-site", name="Old", query=query, **more
        )


@pytest.mark.parametrize("query", ["&" * 1000, "nonsense=1"])
def test_a_view_broken_already_leaves_the_list_to_everybody(query):
    house = stage()
    view_of(house.accounts["lord"], query, is_shared=True)
    answers = [house.clients[who].get(PAGE) for who in ("lord", "right")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("broken" in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("query", ["&" * 999, "nonsense=1", "columns=nonsense", "sort=nonsense", "q=%00"])
def test_a_view_that_the_list_does_not_understand_is_not_saved(query):
    house = stage()
    client = house.clients["lord"]
    view = view_of(house.accounts["lord"], "q=a")
    place = f"/api/listing/saved-views/{view.pk}"
    mark = client.get(place)["ETag"]
    sent = client.patch(place, {"query": query}, "application/json", headers={"If-Match": mark})
    assert sent.status_code == 422, sent.content
    sent = client.post(f"/listing/saved-views/{view.pk}/edit/", {"name": "Old", "query": query})
    assert SavedView.objects.get(pk=view.pk).query == "q=a"
    with pytest.raises(Refusal):
        change_view(actor=MAKER, row=view, query=query)
    with pytest.raises(Refusal):
        save_view(actor=MAKER, listing="places-site", name="New", query=query)


def test_a_view_is_not_kept_when_it_may_not_be_shared():
    house = stage()
    client = house.clients["auditor"]
    answer = client.post(f"{PAGE}?sort=code", {"keep": "view", "name": "Mine", "shared": "1"})
    assert answer.status_code == 403
    assert not SavedView.objects.exists()
    assert client.post(f"{PAGE}?sort=code", {"keep": "view", "name": "Mine"}).status_code == 302
    assert SavedView.objects.exists()


@pytest.mark.parametrize(
    ("query", "columns"), [("?sort=nonsense", ["name"]), ("", ["name", "nonsense"]), ("?sort=-", ["name"])]
)
def test_columns_and_orders_that_the_list_does_not_have_are_not_kept(query, columns):
    client = stage().clients["lord"]
    make(Site)
    answer = client.post(f"{PAGE}{query}", {"keep": "columns", "column": columns})
    assert answer.status_code == 422
    assert not ListChoice.objects.exists()
