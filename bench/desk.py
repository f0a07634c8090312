"""Measure the service desk at a million work items and six million events: `python bench/desk.py --out FILE`.

Loads the demo organisation's requests by the product's own bulk loader beside a bare COPY of the same rows,
builds the search documents, starts the house as `meridian up` does and asks for its pages with wrk. More
items than one year has are loaded year by year, the earliest first. At the end 200 agents and 2,000
requesters ask at once. `bench/desk_at_scale.py` does all of it at six million.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import click
from measuring import pages, store
from measuring.asking import Outcome, measure_all
from measuring.crowd import Crowd, asked_at_once
from measuring.driving import refuse_without_wrk
from measuring.people import signed_in
from measuring.report import page_table, preamble, table, verdict
from measuring.serving import served

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor
from meridian.engine.search.documents import searched
from meridian.engine.search.index import rebuild
from meridian.site.demo.copying import Copier
from meridian.site.demo.desk import Keys, histories
from meridian.site.demo.loading import copy_registers
from meridian.site.demoplan.arrivals import YEAR
from meridian.site.demoplan.build import build_plan
from meridian.site.demoplan.requests import stream
from meridian.site.demoplan.rows import Plan
from meridian.work.items.contracts.happenings import EventRow, MessageRow
from meridian.work.servicedesk.commands.history import loading
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import load_history

YEAR_REQUESTS = 1_146_629
BATCH_ITEMS = 50_000
LEAST_SHARE_OF_COPY = 0.25
# A bare COPY of all rows would need the room of the tables once more, and its rate is the same.
MOST_BARE_ROWS = 2_000_000
MESSAGES_OF_ONE = 500
LEAST_DOCUMENTS = 5_000


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Markdown file to write.")
@click.option(
    "--items", default=1_050_000, show_default=True, help="Work items; events are 5.7 times as many."
)
@click.option("--seconds", default=10.0, show_default=True, help="How long each page is asked for.")
@click.option("--again", is_flag=True, help="Measure the pages of the database that the last run loaded.")
@click.option("--only", default="", help="Only pages whose name holds this.")
@click.option("--crowd-seconds", default=180.0, show_default=True, help="How long the crowd asks.")
def main(out: Path, items: int, seconds: float, again: bool, only: str, crowd_seconds: float) -> None:
    """Load, search, serve and measure; one Markdown text."""
    refuse_without_wrk()
    store.begin(afresh=not again)
    try:
        loaded = store.recall("loaded") if again else _load(items)
        with served() as house:
            agent, requester = signed_in("agent"), signed_in("staff")
            wanted = [
                *pages.pages_of_browser(agent, requester),
                *pages.pages_of_program(agent),
                *pages.forms(agent, requester),
                *pages.slow_pages(agent),
                *pages.tiles(agent),
            ]
            outcomes = measure_all(house, agent, [one for one in wanted if only in one.name], seconds)
            crowd = asked_at_once(house, pages.crowd(agent, requester), crowd_seconds) if not only else []
            memory = house.memory_mebibytes()
    finally:
        store.end()
    out.write_text(_report(loaded, outcomes, crowd, memory, seconds))


def _load(items: int) -> dict[str, Any]:
    """Load requests in batches; only the loader itself is on the clock, not the making of the demo."""
    plan = build_plan()
    actor, reason = system_actor("Bench"), f"{items} items"
    with (
        trail.entry("demo.organisation.load", actor, reason),
        trail.bulk_load("demo.organisation.load", actor),
    ):
        keys = copy_registers(Copier(), plan)
    counts, seconds = [0, 0, 0, 0], 0.0
    lives = _lives(plan, keys, items)
    while batch := list(islice(lives, BATCH_ITEMS)):
        begun = time.perf_counter()
        count = load_history(actor=actor, histories=batch, reason=reason)
        seconds += time.perf_counter() - begun
        counts = [old + new for old, new in zip(counts, asdict(count).values(), strict=True)]
        click.echo(f"{counts[0]:,} items in {seconds:.0f} s")
    bare = [
        store.copy_bare(model._meta.db_table, columns, MOST_BARE_ROWS)
        for model, columns in loading().columns.items()
    ]
    click.echo(f"Bare COPY: {sum(copied.seconds for copied in bare):.1f} s")
    found = {
        "items": counts[0],
        "events": counts[1],
        "messages": counts[2],
        "rows": sum(counts),
        "seconds": seconds,
        "bare_seconds": sum(copied.seconds for copied in bare),
        "bare_rows": sum(copied.rows for copied in bare),
        **_search_documents(),
    }
    store.settle()
    store.remember("loaded", found)
    return found


def _lives(plan: Plan, keys: Keys, items: int) -> Iterator[ItemHistory]:
    """So many items, over as many years as that takes; and one with very many messages."""
    now = int(time.time())
    yield _talkative(keys, datetime.fromtimestamp(now, UTC) - timedelta(days=30))
    years, rest = divmod(items, YEAR_REQUESTS)
    # A year of a few requests more than are wanted: drawn by shares, it may miss the number by some.
    scale = min(1.0, (rest + 1_000) / YEAR_REQUESTS)
    yield from islice(histories(stream(plan, scale, now - years * YEAR), keys), rest)
    for year in range(years - 1, -1, -1):
        yield from islice(histories(stream(plan, 1.0, now - year * YEAR), keys), YEAR_REQUESTS)


def _talkative(keys: Keys, at: datetime) -> ItemHistory:
    """An item about which very much was written."""
    said = [
        EventRow(
            at + timedelta(minutes=place),
            "replied",
            {"by": "desk" if place % 2 else "requester"},
            keys.people[place % 2],
            MessageRow(f"Answer {place}: it stands as it stood before, and we look into it again. " * 3),
        )
        for place in range(1, MESSAGES_OF_ONE + 1)
    ]
    opened = EventRow(at, "opened", {"title": ["", "Much was written about this"]}, keys.people[0])
    return ItemHistory(keys.people[0], [opened, *said])


def _search_documents() -> dict[str, Any]:
    begun = time.perf_counter()
    documents = sum(rebuild(resource) for resource in searched())
    return {"documents": documents, "search_seconds": time.perf_counter() - begun}


def _report(
    loaded: dict[str, Any], outcomes: list[Outcome], crowd: list[Crowd], memory: float, seconds: float
) -> str:
    loads = loaded["items"] / loaded["seconds"]
    parts = [
        f"{loaded['items']:,} work items with {loaded['events']:,} events and {loaded['messages']:,}"
        f" messages: {loads:,.0f} items a second. Load average at the end {os.getloadavg()[0]:.1f}.",
        _load_table(loaded),
        preamble(seconds),
        page_table(outcomes),
        f"Memory of the web server's processes (PSS) afterwards: {memory:.0f} MiB.",
    ]
    if crowd:
        heads = ("who, all at once", "people", "requests", "p50 ms", "p95 ms", "errors")
        parts.append(table(heads, crowd))
    return "\n\n".join(parts) + "\n"


def _load_table(loaded: dict[str, Any]) -> str:
    bare = loaded["bare_rows"] / loaded["bare_seconds"]
    imported = loaded["rows"] / loaded["seconds"]
    documents = loaded["documents"] / loaded["search_seconds"]
    rows = (
        ("bare COPY into plain tables", loaded["bare_rows"], loaded["bare_seconds"], "", ""),
        (
            f"load_history: folded, indexed, audited ({imported / bare:.0%} of bare COPY)",
            *(loaded["rows"], loaded["seconds"], "≥ 25 %", verdict(imported >= bare * LEAST_SHARE_OF_COPY)),
        ),
        (
            "search documents of all tables",
            *(
                loaded["documents"],
                loaded["search_seconds"],
                "≥ 5,000/s",
                verdict(documents >= LEAST_DOCUMENTS),
            ),
        ),
    )
    return table(
        ("loading", "rows", "seconds", "rows/s", "target", "met"),
        (
            (name, f"{count:,}", f"{seconds:.1f}", f"{count / seconds:,.0f}", *goal)
            for name, count, seconds, *goal in rows
        ),
    )


if __name__ == "__main__":
    main()
