"""Markdown of what was measured."""

from collections.abc import Iterable, Sequence

from measuring.asking import Outcome
from measuring.driving import CONNECTIONS

PREAMBLE = """Pages: wrk with {connections} connections, {seconds:g} s each after a second of warming up,
signed in as an agent who sees every desk; compressed answers; the web server with its two workers, the job
worker and the embedded PostgreSQL with durable commits share the machine with wrk. Statements are those of
one request, without BEGIN and COMMIT. Processor milliseconds are what web server, job worker and database
used for one request, whatever else the machine was doing."""


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, left: int = 1) -> str:
    """A Markdown table, the first `left` columns to the left and all others to the right."""
    marks = [":--" if index < left else "--:" for index in range(len(heads))]
    lines = [heads, marks, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def page_table(outcomes: Sequence[Outcome]) -> str:
    """One row a page: requests a second, percentiles, statements, compressed bytes, target."""
    heads = (
        "page",
        "requests/s",
        "p50 ms",
        "p95 ms",
        "processor ms",
        "statements",
        "bytes (gzip)",
        "p95 target",
        "met",
    )
    return table(heads, map(_page_row, outcomes))


def _page_row(outcome: Outcome) -> tuple[object, ...]:
    hits, wanted = outcome.hits, outcome.measure
    limit = wanted.limit_ms
    return (
        wanted.name,
        f"{hits.per_second:.0f}",
        f"{hits.p50_ms:.0f}",
        f"{hits.p95_ms:.0f}",
        f"{outcome.processor_ms:.1f}",
        outcome.statements or "",
        f"{outcome.bytes:,}" if outcome.bytes else "",
        f"≤ {limit}" if limit else "",
        verdict(hits.requests > 0 and hits.p95_ms <= limit) if limit else "",
    )


def verdict(is_met: bool) -> str:
    return "yes" if is_met else "**no**"


def preamble(seconds: float) -> str:
    """What holds for all pages of a report."""
    return PREAMBLE.format(connections=CONNECTIONS, seconds=seconds)
