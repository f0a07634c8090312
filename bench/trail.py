"""Measures the audit trail: opening entries, sealing them, signing roots and proving them.

python bench/trail.py [--entries 20000]

The database lies in `var/bench/trail`. Entries are made by commands that change one row each.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import measuring  # noqa: F401
from django.conf import settings
from django.db import connection
from measuring import report, store

from meridian.engine.audit import roots, trail
from meridian.engine.audit.chain import seal_entries, verify_chain
from meridian.engine.audit.proof import compare, outside
from meridian.engine.policies import system_actor


def main() -> None:
    """Print one table."""
    options = argparse.ArgumentParser()
    options.add_argument("--entries", type=int, default=20_000)
    count = options.parse_args().entries
    store.begin(afresh=True)
    try:
        table = report.table(("step", "entries", "seconds", "entries/s"), _measured(count))
        sys.stdout.write(f"{table}\n")
    finally:
        store.end()


def _measured(count: int) -> Iterator[tuple[str, str, str, str]]:
    """One row a step, in the order of an entry's life."""
    yield _timed("commands of one change, witnessed", lambda: _opened(count), count)
    yield _timed("sealing", _all_sealed, count)
    yield _timed("signing roots of 1,000 entries", lambda: roots.anchor(everything=True), count)
    yield _timed("walking the chain", verify_chain, count)
    own = [Path(settings.TRAIL_FOLDER)]
    yield _timed("proving against roots and witness", lambda: _proven(own), count)


def _timed(step: str, work: Callable[[], object], count: int) -> tuple[str, str, str, str]:
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    return step, f"{count:,}", f"{seconds:.2f}", f"{count / seconds:,.0f}"


def _opened(count: int) -> None:
    row = _region()
    for number in range(count):
        with trail.entry("bench.change", system_actor("bench")), connection.cursor() as cursor:
            cursor.execute("UPDATE places_region SET code = %s WHERE id = %s", [f"B{number}", row])


def _region() -> int:
    with trail.entry("bench.add", system_actor("bench")), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_region (code, name, version)"
            " VALUES ('BENCH', '{\"en\": \"Bench\"}', 1) RETURNING id"
        )
        return int(cursor.fetchone()[0])


def _all_sealed() -> None:
    while seal_entries():
        pass


def _proven(places: list[Path]) -> None:
    findings = compare(outside(places, roots.public_key()))
    if findings:
        raise SystemExit(findings[0].told)


if __name__ == "__main__":
    main()
