"""Asking for a page: once inside of this process to count, then by wrk against the running house."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from measuring.driving import Hits, Shot, drive
from measuring.people import Visitor
from measuring.serving import Served
from meridian.kernel.console import Fault

WARM_UP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A page to measure. `limit_ms` bounds its 95th percentile, 0 where no target is set; `counted` is
    whether its statements and bytes are counted with a request inside of this process."""

    name: str
    shot: Shot
    limit_ms: int = 0
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page as it was found: bytes are the compressed body, statements those of one request,
    `processor_ms` what web server, job worker and database together used for a request."""

    measure: Measure
    hits: Hits
    statements: int
    bytes: int
    processor_ms: float


def measure(served: Served, visitor: Visitor, wanted: Measure, seconds: float) -> Outcome:
    """Count a request's statements and bytes, then drive the page for some seconds."""
    statements, size = _inside(visitor, wanted.shot) if wanted.counted else (0, 0)
    drive(served.address, wanted.shot, WARM_UP_SECONDS)
    used = served.processor_seconds()
    hits = drive(served.address, wanted.shot, seconds)
    used = served.processor_seconds() - used
    if hits.refused:
        raise Fault(
            f"“{wanted.name}” was refused {hits.refused} times in {hits.requests}.",
            f"Open {wanted.shot.paths[0]} in a browser as the same person.",
        )
    return Outcome(wanted, hits, statements, size, used / max(1, hits.requests) * 1000)


def measure_all(served: Served, visitor: Visitor, wanted: Iterable[Measure], seconds: float) -> list[Outcome]:
    """Measure one page after the other, and say each as it comes."""
    outcomes = []
    for one in wanted:
        outcomes.append(measure(served, visitor, one, seconds))
        served.drain()
        hits = outcomes[-1].hits
        click.echo(f"{one.name}: {hits.per_second:.0f}/s, p95 {hits.p95_ms:.0f} ms")
    return outcomes


def _inside(visitor: Visitor, shot: Shot) -> tuple[int, int]:
    client = visitor.client() if "Cookie" in shot.headers else Client(HTTP_HOST="127.0.0.1")
    _ask(client, shot)
    with CaptureQueriesContext(connection) as queries:
        answer = _ask(client, shot)
    plain = [query for query in queries.captured_queries if not _is_frame(query["sql"])]
    return len(plain), len(answer.content)


def _ask(client: Client, shot: Shot) -> Any:
    headers = {name: value for name, value in shot.headers.items() if name not in ("Cookie", "Content-Type")}
    if shot.method == "GET":
        return client.get(shot.paths[0], headers=headers)
    body = shot.body.replace("COUNT", "0")
    return client.post(shot.paths[0], body, content_type=shot.headers["Content-Type"], headers=headers)


def _is_frame(statement: str) -> bool:
    """Whether a statement only opens or closes a transaction."""
    return statement.split(" ", 1)[0] in ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
