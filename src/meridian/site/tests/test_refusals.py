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


def test_whoever_sends_too_much_at_once_is_told_what_to_do_and_led_back():
    lord = stage().clients["lord"]
    sent = {"action": "change", "key": [str(number) for number in range(1_500)]}
    before = "http://testserver/servicedesk/teams/?after=x"
    answer = lord.post("/servicedesk/teams/bulk/", sent, headers={"referer": before, "host": "testserver"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "More than 1,000 fields were sent at once. Pick fewer rows, or take a file." in page
    assert 'href="/servicedesk/teams/?after=x"' in page
    damaged = lord.post(
        "/servicedesk/teams/bulk/", sent, headers={"referer": "http://[", "host": "testserver"}
    )
    assert damaged.status_code == 400


def test_many_rows_below_the_bound_are_refused_in_words_too():
    lord = stage().clients["lord"]
    sent = {"action": "change", "key": [str(number) for number in range(1, 900)]}
    answer = lord.post("/servicedesk/teams/bulk/", sent)
    assert (answer.status_code, "At most 500 rows at once" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("charset", ["hex", "idna", "utf-16", "undefined"])
@pytest.mark.parametrize("way", ["/servicedesk/teams/new/", "/api/servicedesk/teams"])
def test_text_in_an_encoding_that_is_none_is_refused(charset, way):
    kind = f"application/json; charset={charset}"
    # What the client calls `post` would write the body in that encoding.
    answer = stage().clients["lord"].generic("POST", way, b"{}", content_type=kind)
    assert (answer.status_code, "UTF-8" in answer.content.decode()) == (400, True)
