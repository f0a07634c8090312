"""Markdown of what was measured."""

from collections.abc import Iterable, Sequence

from measuring.asking import Outcome


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, left: int = 1) -> str:
    """A Markdown table, the first `left` columns to the left and all others to the right."""
    marks = [":--" if index < left else "--:" for index in range(len(heads))]
    lines = [heads, marks, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def page_table(outcomes: Sequence[Outcome]) -> str:
    """One row a page: requests a second, percentiles, statements, compressed bytes, target."""
    heads = ("page", "requests/s", "p50 ms", "p95 ms", "statements", "bytes (gzip)", "p95 target", "met")
    return table(heads, map(_page_row, outcomes))


def _page_row(outcome: Outcome) -> tuple[object, ...]:
    hits, wanted = outcome.hits, outcome.measure
    limit = wanted.limit_ms
    return (
        wanted.name,
        f"{hits.per_second:.0f}",
        f"{hits.p50_ms:.0f}",
        f"{hits.p95_ms:.0f}",
        outcome.statements or "",
        f"{outcome.bytes:,}" if outcome.bytes else "",
        f"≤ {limit}" if limit else "",
        verdict(hits.p95_ms <= limit) if limit else "",
    )


def verdict(is_met: bool) -> str:
    return "yes" if is_met else "**no**"
