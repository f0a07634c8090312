"""The proof of posts refuses what no post has, as the page does."""

import pytest

from meridian.steering.staffing.models import Establishment
from meridian.steering.staffing.tests.test_pages import house, papers

__all__ = ["house", "papers"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["unit_code", "grade", "fund", "duty_station", "category"])
def test_a_value_that_no_post_has_is_refused_in_words(house, papers, name):
    key = Establishment.objects.order_by("pk").first().pk
    asked = {"what": "posts", "of": key, "on": "2010-12-31"}
    client = house.clients["lord"]
    assert client.get("/api/proof/staffing.posts", asked).status_code == 200
    answer = client.get("/api/proof/staffing.posts", asked | {name: "NONSENSE"})
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [name]
