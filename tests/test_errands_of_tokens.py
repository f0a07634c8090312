"""A token reads no more than its scopes by way of what its owner had made: errands, their reports and files.

And what is asked for several times at once is begun once.
"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from house.actors import Stage, stage
from house.factory import make
from house.jobs import run_errands
from house.nouns import region

from meridian.engine.errands.models import Errand, State
from meridian.engine.exchange import limits
from meridian.registers.access.models import Token
from meridian.registers.access.rules import digest_of, new_secret

EXPORT = ("errands.errand.*", "places.region.export", "places.region.view")
AT_ONCE = 4


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    monkeypatch.setattr(limits, "AT_ONCE_EXPORTED_ROWS", 1)


def token(house: Stage, *scopes: str) -> Client:
    """A program with a token of the operator, who may do everything everywhere."""
    secret = new_secret()
    make(Token, account=house.accounts["lord"], digest=digest_of(secret), scopes=sorted(scopes))
    return Client(headers={"Authorization": f"Bearer {secret}"})


def ask(client: Client):
    """A long export is asked for over REST."""
    sent = json.dumps({"resource": "places.region", "format": "json"})
    return client.post("/api/exchange/exports", sent, content_type="application/json")


def read(client: Client, state: str) -> dict[str, int]:
    """How each way to the errand, its report and its file answers."""
    page = f"{state.removeprefix('/api')}/"
    ways = (state, f"{state}/file", f"{page}file/")
    answers = {way: client.get(way) for way in ways}
    # A file that is sent stays open until all of it was read.
    for answer in answers.values():
        b"".join(answer)
    return {way: answer.status_code for way, answer in answers.items()}


@pytest.mark.django_db
def test_a_token_reads_only_errands_that_were_asked_for_within_its_scopes():
    region("EAST"), region("SOUTH")
    house = stage()
    lord, program = house.clients["lord"], token(house, *EXPORT)
    of_person, of_program = ask(lord)["Location"], ask(program)["Location"]
    narrow, wider = token(house, "errands.errand.view"), token(house, *EXPORT, "places.country.view")
    beside = token(house, "errands.errand.*", "places.country.view", "places.country.export")
    run_errands()
    assert set(Errand.objects.values_list("state", flat=True)) == {State.DONE}
    for client in (narrow, beside):
        for state in (of_person, of_program):
            assert set(read(client, state).values()) == {404}, state
        assert client.get("/api/errands/errands").json()["items"] == []
    for client in (program, wider):
        assert set(read(client, of_person).values()) == {404}
        assert set(read(client, of_program).values()) == {200}
        assert len(client.get("/api/errands/errands").json()["items"]) == 1
    for state in (of_person, of_program):
        assert set(read(lord, state).values()) == {200}


@pytest.mark.django_db
def test_a_token_stops_nothing_that_was_asked_for_beyond_its_scopes():
    region("EAST"), region("SOUTH")
    house = stage()
    state = ask(house.clients["lord"])["Location"]
    answer = token(house, "errands.errand.*").post(f"{state}/stop", "{}", content_type="application/json")
    assert answer.status_code == 404
    assert Errand.objects.get().state == State.WAITING


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_for_several_times_at_once_is_begun_once_and_told_to_all(seeded):
    region("EAST"), region("SOUTH")
    lord, together = stage().clients["lord"], threading.Barrier(AT_ONCE)

    def asked(_number: int) -> tuple[int, str]:
        client = Client()
        client.cookies = lord.cookies
        together.wait()
        try:
            answer = ask(client)
            return answer.status_code, answer.get("Location", answer.content.decode())
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = set(threads.map(asked, range(AT_ONCE)))
    assert answers == {(202, f"/api/errands/errands/{Errand.objects.get().pk}")}
