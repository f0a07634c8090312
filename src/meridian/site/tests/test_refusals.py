"""What fails before an endpoint is asked is told to programs by a problem document, to people by a page."""

import pytest
from house.actors import stage

pytestmark = pytest.mark.django_db
MANY = "&".join(["kind=desk"] * 1500)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"servicedesk/teams?{MANY}", 400),
        (f"proof/world.work?{MANY}", 400),
        ("proof/%00", 404),
        ("nowhere/at-all", 404),
    ],
)
@pytest.mark.parametrize("who", ["lord", "anonymous"])
def test_programs_get_a_problem_document(who, address, status):
    answer = stage().clients[who].get(f"/api/{address}")
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_people_get_a_page():
    lord = stage().clients["lord"]
    for address, status in ((f"/servicedesk/teams/?{MANY}", 400), ("/nowhere/at/all/", 404)):
        answer = lord.get(address)
        assert (answer.status_code, answer["Content-Type"][:9]) == (status, "text/html")
