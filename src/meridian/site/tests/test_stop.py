"""No input is a stop: who sends slowly, reads slowly, sends too much or holds a lock holds nobody else up.

All of it at the real server, with one normal visitor beside it who must be answered.
"""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from house.actors import signed_in, stage
from house.factory import MAKER, make
from house.nouns import Account
from house.running import HOST, Running, running

from meridian.engine.audit import trail

pytestmark = pytest.mark.django_db(transaction=True)
# A page takes tens of milliseconds; who is not answered in so long is stopped.
PATIENCE_SECONDS = 30
EXPORT, LIST, IMPORT = (f"/access/accounts/{way}" for way in ("export/json/", "", "import/"))
SIGN_IN = "/account/login/"
MANY = 12_000


@pytest.fixture(scope="module")
def house(django_db_setup: None) -> Iterator[Running]:
    with running() as found:
        yield found


@pytest.fixture
def account(seeded) -> Account:
    return stage().accounts["lord"]


@pytest.fixture
def cookie(account) -> str:
    key = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={'b' * 32}"


def ask(port: int, way: str, cookie: str = "", **more: str) -> tuple[int, bytes]:
    """A normal visitor's page."""
    visitor = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
    headers = {"Cookie": cookie} if cookie else {}
    visitor.request(more.pop("method", "GET"), way, more.pop("body", None), headers | more)
    answer = visitor.getresponse()
    found = answer.status, answer.read()
    visitor.close()
    return found


def head(way: str, port: int, length: int, *lines: str) -> bytes:
    first = [f"POST {way} HTTP/1.1", f"Host: {HOST}:{port}", f"Content-Length: {length}", *lines]
    return ("\r\n".join(first) + "\r\n\r\n").encode()


@contextlib.contextmanager
def connected(port: int, count: int) -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(socket.create_connection((HOST, port), timeout=30)) for _ in range(count)]


def typed(cookie: str) -> list[str]:
    return ["Content-Type: application/x-www-form-urlencoded", f"Cookie: {cookie}"]


def dribbling(sockets: list[socket.socket], ended: threading.Event) -> threading.Thread:
    """A byte on each every now and then."""

    def send() -> None:
        while not ended.wait(0.2):
            for one in sockets:
                with contextlib.suppress(OSError):
                    one.send(b"x")

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def test_who_sends_slowly_stops_nobody(house, cookie):
    # With the cookie the form's own token is looked for, which stands in the body.
    csrf = f"{settings.CSRF_COOKIE_NAME}={'b' * 32}"
    with connected(house.port, 50) as slow:
        for number, one in enumerate(slow):
            one.sendall(head(SIGN_IN, house.port, 60_000, *typed(cookie if number % 2 else csrf)))
        ended = threading.Event()
        thread = dribbling(slow, ended)
        try:
            answers = [ask(house.port, LIST, cookie)[0] for _ in range(20)]
            assert answers == [200] * 20
            # Who sends in earnest meanwhile is heard.
            body = "login=visitor&password=wrong"
            sent = {"Content-Type": "application/x-www-form-urlencoded"}
            status, _page = ask(house.port, SIGN_IN, method="POST", body=body, **sent)
            assert status in (403, 429)
        finally:
            ended.set()
            thread.join()


def test_what_is_too_large_is_refused_before_it_is_sent_and_leaves_nothing(house, cookie):
    before = files_of_the_house()
    multipart = "Content-Type: multipart/form-data; boundary=edge"
    for way, length, lines in (
        (IMPORT, 1_000_000_000, [multipart, f"Cookie: {cookie}"]),
        (IMPORT, 6_000_000, ["Content-Type: application/json", f"Cookie: {cookie}"]),
        (SIGN_IN, 100_000, ["Content-Type: application/x-www-form-urlencoded"]),
        (IMPORT, 100_000, [multipart]),
    ):
        with connected(house.port, 1) as (one,):
            one.sendall(head(way, house.port, length, *lines))
            answer = http.client.HTTPResponse(one)
            answer.begin()
            assert (answer.status, way) == (413, way)
            assert "too large: at most" in answer.read().decode()
    # Without a declared length it is refused as soon as it is too much.
    with connected(house.port, 1) as (one,):
        one.sendall(
            f"POST {SIGN_IN} HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
            + b"10000\r\n"
            + b"x" * 65_536
            + b"\r\n"
        )
        answer = http.client.HTTPResponse(one)
        answer.begin()
        assert answer.status == 413
    assert ask(house.port, LIST, cookie)[0] == 200
    assert files_of_the_house() == before


def files_of_the_house() -> set[str]:
    return {str(path) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}


def test_who_reads_an_export_slowly_stops_nobody_and_gets_all_of_it(house, cookie):
    fill_with_accounts()
    # What is long is made by the worker, what is shorter while one waits.
    ways = (f"{made_by_the_worker(house.port, cookie)}/file", f"{EXPORT}?is_active=true")
    with contextlib.ExitStack() as stack:
        readers = []
        for number in range(10):
            one = stack.enter_context(socket.socket())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.settimeout(PATIENCE_SECONDS)
            one.connect((HOST, house.port))
            way = ways[number % 2]
            one.sendall(f"GET {way} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\n\r\n".encode())
            readers.append(one)
        assert [ask(house.port, LIST, cookie)[0] for _ in range(20)] == [200] * 20
        for one, least in zip(readers, (MANY, MANY // 3), strict=False):
            answer = http.client.HTTPResponse(one)
            answer.begin()
            assert len(json.loads(answer.read())) > least


def fill_with_accounts() -> None:
    """More than are exported at once; a third of them may sign in."""
    with trail.bulk_load("tests.fill", MAKER):
        rows = (
            Account(username=f"a{n:05d}", email=f"a{n:05d}@x.example", password="!", is_active=n % 3 == 0)
            for n in range(MANY)
        )
        Account.objects.bulk_create(rows, batch_size=4000)


def made_by_the_worker(port: int, cookie: str) -> str:
    """The address of an errand that the worker of the house has done."""
    asked = {"Content-Type": "application/json", "X-CSRFToken": "b" * 32, "method": "POST"}
    sent = json.dumps({"resource": "access.account", "format": "json"})
    status, body = ask(port, "/api/exchange/exports", cookie, body=sent, **asked)
    assert status == 202, body
    way, end = f"/api/errands/errands/{json.loads(body)['id']}", time.monotonic() + PATIENCE_SECONDS
    while json.loads(ask(port, way, cookie)[1])["state"] != "done":
        assert time.monotonic() < end
        time.sleep(0.2)
    return way


def test_who_holds_a_row_stops_only_those_who_want_that_row_and_for_seconds(house, cookie):
    other = make(Account, username="other", person=None)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=other.pk)
        statuses: list[int] = []

        def change() -> None:
            json_of = {"Content-Type": "application/json", "X-CSRFToken": "b" * 32}
            body = json.dumps({"language": "fr"})
            way = f"/api/access/accounts/{other.pk}"
            statuses.append(ask(house.port, way, cookie, method="PATCH", body=body, **json_of)[0])

        waiting = [threading.Thread(target=change) for _ in range(6)]
        for one in waiting:
            one.start()
        time.sleep(0.5)
        assert [ask(house.port, LIST, cookie)[0] for _ in range(10)] == [200] * 10
        for one in waiting:
            one.join()
    assert statuses == [503] * 6


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([f"X-Header-{number}: x" for number in range(200)], 431),
        (["Cookie: " + "x" * 40_000], 431),
        (["X_Forwarded_For: 198.51.100.7"], 200),
    ],
    ids=["many headers", "long header", "underscores"],
)
def test_a_head_without_end_is_refused(lines, status, house):
    with connected(house.port, 1) as (one,):
        one.sendall(("\r\n".join([f"GET {SIGN_IN} HTTP/1.1", f"Host: {HOST}", *lines]) + "\r\n\r\n").encode())
        answer = http.client.HTTPResponse(one)
        answer.begin()
        assert answer.status == status


def test_a_body_that_is_deep_or_has_fields_without_end_is_refused(house, cookie):
    deep, fields = "[" * 100_000, "&".join(f"f{number}=x" for number in range(5_000))
    as_json = {"Content-Type": "application/json", "X-CSRFToken": "b" * 32}
    status, _answer = ask(house.port, "/api/access/accounts", cookie, method="POST", body=deep, **as_json)
    assert status == 400
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert ask(house.port, f"{LIST}new/", cookie, method="POST", body=fields, **form)[0] == 400
