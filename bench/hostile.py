"""Whether a few hostile visitors stop the others: pages answered to a normal visitor beside them.

`python bench/hostile.py --out FILE` starts the house on a database of its own and measures it alone, with
connections that say nothing, with anonymous POSTs of which a byte arrives now and then, with readers who take
an export slowly, and with uploads of 1 GB.
"""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import click
from django.db import connection
from measuring import people, store
from measuring.report import table
from measuring.serving import HOST, Served, served

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor
from meridian.registers.access.models import Account

PATIENCE_SECONDS = 10
ACCOUNTS = 60_000
EXPORT, PAGE = "/access/accounts/export/json/", "/access/accounts/"
UPLOAD_BYTES = 1_000_000_000


@contextmanager
def nobody(_house: Served, _cookie: str) -> Iterator[None]:
    yield


@contextmanager
def slow_posts(house: Served, _cookie: str) -> Iterator[None]:
    """Fifty anonymous forms of which a byte arrives every second, begun anew when they are refused."""
    with _running([lambda ended: _send_slowly(house.port, ended)] * 50):
        yield


@contextmanager
def slow_readers(house: Served, cookie: str) -> Iterator[None]:
    """Ten readers of an export of some 15 MB who take a thousand bytes a second."""
    with _running([lambda ended: _read_slowly(house.port, cookie, ended)] * 10):
        yield


@contextmanager
def large_upload(house: Served, cookie: str) -> Iterator[None]:
    """Two uploads of 1 GB by somebody signed in."""
    with _running([lambda ended: _upload(house.port, cookie, ended)] * 2):
        yield


@contextmanager
def idle_connections(house: Served, _cookie: str) -> Iterator[None]:
    """A thousand connections that say nothing."""
    with contextlib.ExitStack() as stack:
        for _number in range(1000):
            with contextlib.suppress(OSError):
                stack.enter_context(socket.create_connection((HOST, house.port), timeout=2))
        yield


ATTACKS: dict[str, Callable[[Served, str], AbstractContextManager[None]]] = {
    "nobody else": nobody,
    "1,000 connections that say nothing": idle_connections,
    "50 anonymous POSTs, a byte a second each": slow_posts,
    "10 readers of a 15 MB export, 1 kB a second each": slow_readers,
    "2 uploads of 1 GB": large_upload,
}


@contextmanager
def _running(works: list[Callable[[threading.Event], None]]) -> Iterator[None]:
    ended = threading.Event()
    threads = [threading.Thread(target=work, args=(ended,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    time.sleep(3)
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(30)


def _send_slowly(port: int, ended: threading.Event) -> None:
    # With the cookie the form's own token is looked for, which stands in the body.
    head = (
        f"POST /account/login/ HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Length: 60000\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nCookie: meridian_csrf={'b' * 32}\r\n\r\n"
    )
    while not ended.is_set():
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=30) as sending:
            sending.sendall(head.encode())
            while not ended.wait(1):
                sending.sendall(b"x")


def _read_slowly(port: int, cookie: str, ended: threading.Event) -> None:
    head = f"GET {EXPORT} HTTP/1.1\r\nHost: {HOST}:{port}\r\nCookie: {cookie}\r\n\r\n"
    while not ended.is_set():
        with contextlib.suppress(OSError), socket.socket() as reading:
            reading.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reading.connect((HOST, port))
            reading.sendall(head.encode())
            while not ended.wait(1) and reading.recv(1000):
                pass


def _upload(port: int, cookie: str, ended: threading.Event) -> None:
    head = (
        f"POST /access/accounts/import/ HTTP/1.1\r\nHost: {HOST}:{port}\r\nCookie: {cookie}\r\n"
        f"Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {UPLOAD_BYTES}\r\n\r\n"
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="rows.csv"\r\n\r\n'
    )
    piece = b"x" * 1_000_000
    while not ended.is_set():
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=30) as sending:
            sending.sendall(head.encode())
            for _number in range(UPLOAD_BYTES // len(piece)):
                if ended.is_set():
                    return
                sending.sendall(piece)


def ask(port: int, cookie: str, seconds: float) -> list[float | None]:
    """How long each page took that a normal visitor asked for one after the other; None is no answer."""
    taken: list[float | None] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        try:
            visitor = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
            visitor.request("GET", PAGE, headers={"Cookie": cookie})
            good = visitor.getresponse().read() and True
            visitor.close()
            taken.append(time.monotonic() - begun if good else None)
        except OSError:
            taken.append(None)
    return taken


def fill() -> str:
    """Accounts enough for a large export; the cookie of somebody who may see all of them."""
    store.begin(afresh=True)
    with trail.bulk_load("bench.fill", system_actor("Bench")):
        rows = (
            Account(username=f"a{n:05d}", email=f"a{n:05d}@bench.example", password="!")
            for n in range(ACCOUNTS)
        )
        Account.objects.bulk_create(rows, batch_size=5000)
    people.make_account("operator", None, ["*"])
    cookie = people.signed_in("operator").cookie
    store.settle()
    connection.close()
    return cookie


def row(name: str, house: Served, taken: list[float | None], seconds: float, processor: float) -> list[Any]:
    answered = sorted(found for found in taken if found is not None)
    worst = f"{answered[-1] * 1000:,.0f}" if answered else "–"
    middle = f"{answered[len(answered) // 2] * 1000:,.0f}" if answered else "–"
    each = f"{processor / len(answered) * 1000:.1f}" if answered and name == "nobody else" else ""
    unanswered = len(taken) - len(answered)
    return [
        name,
        f"{len(answered) / seconds:.1f}",
        middle,
        worst,
        unanswered,
        each,
        f"{house.memory_mebibytes():.0f}",
    ]


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--seconds", default=20.0, show_default=True)
def main(out: Path, seconds: float) -> None:
    """Measure, and write a table."""
    cookie = fill()
    rows = []
    with served() as house:
        ask(house.port, cookie, 3)
        for name, attack in ATTACKS.items():
            with attack(house, cookie):
                begun, used = time.monotonic(), house.processor_seconds()
                taken = ask(house.port, cookie, seconds)
                passed = time.monotonic() - begun
                rows.append(row(name, house, taken, passed, house.processor_seconds() - used))
            time.sleep(2)
    store.end()
    heads = (
        "beside",
        "pages/s",
        "p50 ms",
        "slowest ms",
        f"no answer in {PATIENCE_SECONDS} s",
        "processor ms",
        "web MiB",
    )
    text = f"One normal visitor asks for the list of {ACCOUNTS:,} accounts, again and again.\n\n" + table(
        heads, rows
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text + "\n")
    click.echo(json.dumps({"rows": len(rows)}))


if __name__ == "__main__":
    main()
