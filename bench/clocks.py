"""Measure clocks: `python bench/clocks.py --out FILE`.

Holds the fold against the slow walk on 100,000 random histories (every difference is a fault), then loads
open items into the bench's own database, makes their clocks, and counts all of them anew with nothing
changed and after every target was.
"""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import click
import django
from django.db import connection

sys.path.append(str(Path(__file__).parents[1] / "tests"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
django.setup()

from house.clock_lives import faults, history, world  # noqa: E402
from measuring import store  # noqa: E402
from measuring.report import table  # noqa: E402

from meridian.engine.policies import system_actor  # noqa: E402
from meridian.work.items.contracts.happenings import EventRow  # noqa: E402
from meridian.work.service_levels import commands  # noqa: E402
from meridian.work.service_levels.commands.counting import recount_open_clocks, take_up_items  # noqa: E402
from meridian.work.service_levels.models import Clock, PolicyVersion  # noqa: E402
from meridian.work.servicedesk.contracts import ItemHistory  # noqa: E402
from meridian.work.servicedesk.facade import HoldReason, load_history  # noqa: E402
from meridian.work.servicedesk.testing import small_desk  # noqa: E402

ACTOR = system_actor("bench")
WORLDS = 40


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Markdown file to write.")
@click.option("--histories", default=100_000, show_default=True, help="Random lives held against the walk.")
@click.option("--items", default=50_000, show_default=True, help="Open items, each with two clocks.")
def main(out: Path, histories: int, items: int) -> None:
    """Walk, load and count; one Markdown text."""
    rows = [_walk(histories)]
    store.begin(afresh=True)
    try:
        rows += _count(items)
    finally:
        store.end()
    titles = ("what", "how many", "processor s", "of the database s", "wall s", "result")
    out.write_text(f"{table(titles, rows)}\n")


def _walk(histories: int) -> tuple[str, ...]:
    began, wall, wrong = time.process_time(), time.perf_counter(), 0
    for seed in range(WORLDS if histories else 0):
        random, there = Random(f"bench {seed}"), world(seed)
        wrong += sum(bool(faults(seed, history(random, there))) for _ in range(histories // WORLDS))
    return _row("random histories, fold against walk", histories, began, wall, f"{wrong} differ")


def _count(items: int) -> Iterator[tuple[str, ...]]:
    desk = small_desk()
    now, reason = datetime.now(UTC), HoldReason.objects.get(code="requester").pk
    load_history(actor=ACTOR, histories=(_life(desk, reason, now, place) for place in range(items)))
    store.settle()
    steps: tuple[tuple[str, Any], ...] = (
        ("clocks made", lambda: take_up_items(actor=ACTOR)),
        ("counted anew, nothing changed", lambda: recount_open_clocks(actor=ACTOR, reason="bench")),
        ("counted anew, every target changed", _all_change),
    )
    for name, step in steps:
        began, wall, database = time.process_time(), time.perf_counter(), _database_seconds()
        changed = step()
        spent = _database_seconds() - database
        yield _row(name, Clock.objects.count(), began, wall, f"{changed:,} changed", spent)


def _all_change() -> int:
    for version in PolicyVersion.objects.filter(policy__code__in=("resolve", "response")):
        commands.change_policy_version(actor=ACTOR, row=version, priority_4=(version.priority_4 or 0) + 60)
    return recount_open_clocks(actor=ACTOR, reason="bench")


def _life(desk: Any, reason: int, now: datetime, place: int) -> ItemHistory:
    """An item of the last days that was taken, waited and goes on; half of them were not answered yet."""
    begun = now - timedelta(minutes=30 + place % 8_000)
    opening = {"team": [None, desk.desk.pk], "title": ["", f"Trouble {place}"], "site": [None, desk.site.pk]}
    held = {"state": ["assigned", "on_hold"], "hold_reason": [None, reason]}
    events = [
        EventRow(begun, "opened", opening),
        EventRow(begun + timedelta(minutes=5), "assigned", {"state": ["new", "assigned"]}),
        EventRow(begun + timedelta(minutes=10), "held", held),
        EventRow(begun + timedelta(minutes=25), "resumed", {"state": ["on_hold", "in_progress"]}),
    ]
    return ItemHistory(desk.requester.pk, events)


def _database_seconds() -> float:
    """What the server of our connection has spent of a processor, as Linux tells it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _row(
    name: str, many: int, began: float, wall: float, result: str, database: float = 0
) -> tuple[str, ...]:
    processor, seconds = time.process_time() - began, time.perf_counter() - wall
    return (name, f"{many:,}", f"{processor:.1f}", f"{database:.1f}", f"{seconds:.1f}", result)


if __name__ == "__main__":
    main()
