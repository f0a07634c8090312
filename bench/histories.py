"""Measure the desk on the public incident log, beside other desks: `python bench/histories.py --out FILE`.

Imports the log with the product's own command, starts the house as `meridian up` does and asks for the same
pages as were measured on three free desks loaded with the same log (same machine class, two server workers,
eight connections).
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from measuring import PROJECT, pages, store
from measuring.asking import Outcome, measure_all
from measuring.driving import refuse_without_wrk
from measuring.people import make_account, signed_in
from measuring.report import page_table, preamble, table, verdict
from measuring.serving import served

LOG = PROJECT / "src/meridian/work/histories/data/incident_event_log.zip"
AGENT = ("servicedesk", "people.person.view", "places.*.view")
LEAST_INCIDENTS_A_SECOND = 10_000
QUEUE_STATEMENTS, ITEM_STATEMENTS = 8, 12
PEERS = "django-helpdesk 2.6.1, Roundup 2.6.0, Request Tracker 5.0.3"
BUSIEST = """SELECT {0} FROM servicedesk_workitem WHERE {0} IS NOT NULL
GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"""
# Beginning of the page's name, requests a second of the three, requests a second wanted.
GOALS = (
    ("everything, first page", "14.2 (rows only), 13.5, 3.2", 150),
    ("everything, page", "2.8, 13.8, 3.2", 150),
    ("item", "16.5, 1.6, 4.6", 160),
    ("search for a number", "6.7, 25.6, 17.9", 250),
    ("search: ", "3.8, 6.9, 3.4", 100),
    ("create: ", "75.5, 40.0, 11.0", 300),
)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Markdown file to write.")
@click.option("--seconds", default=10.0, show_default=True, help="How long each page is asked for.")
@click.option("--again", is_flag=True, help="Measure the pages of the database that the last run loaded.")
@click.option("--only", default="", help="Only pages whose name holds this.")
def main(out: Path, seconds: float, again: bool, only: str) -> None:
    """Import, serve and measure; one Markdown text."""
    refuse_without_wrk()
    store.begin(afresh=not again)
    try:
        loaded = store.recall("loaded") if again else _load()
        with served() as house:
            agent, requester = signed_in("bench-agent"), signed_in("bench-requester")
            wanted = [*pages.pages_of_browser(agent, requester), *pages.forms(agent, requester)]
            outcomes = measure_all(house, agent, [one for one in wanted if only in one.name], seconds)
            memory = house.memory_mebibytes()
    finally:
        store.end()
    out.write_text(_report(loaded, outcomes, memory, seconds))


def _load() -> dict[str, Any]:
    words = [sys.executable, "-m", "meridian", "import", "incident-log", str(LOG), "--json"]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    loaded = json.loads(done.stdout)
    make_account("bench-agent", store.figure(BUSIEST.format("assignee_id")), AGENT)
    make_account("bench-requester", store.figure(BUSIEST.format("requester_id")), ())
    store.settle()
    store.remember("loaded", loaded)
    return dict(loaded)


def _report(loaded: dict[str, Any], outcomes: Sequence[Outcome], memory: float, seconds: float) -> str:
    rate = loaded["incidents"] / loaded["load_seconds"]
    parts = (
        f"{loaded['incidents']:,} incidents with {loaded['rows']:,} rows of history in"
        f" {loaded['load_seconds']:.1f} s: {rate:,.0f} incidents a second"
        f" (target {LEAST_INCIDENTS_A_SECOND:,}: {verdict(rate >= LEAST_INCIDENTS_A_SECOND)};"
        " the three desks took in 1,851, 37.5 and 40.2).",
        preamble(seconds),
        f"Beside {PEERS}, in requests a second:",
        table(("page", "the three", "target", "measured", "statements", "met"), _rows(outcomes), left=2),
        "All pages:",
        page_table(outcomes),
        f"Memory of the web server's processes (PSS) afterwards: {memory:.0f} MiB (175, 97, 518).",
    )
    return "\n\n".join(parts) + "\n"


def _rows(outcomes: Sequence[Outcome]) -> list[tuple[object, ...]]:
    found = []
    for beginning, peers, goal in GOALS:
        for outcome in outcomes:
            name, rate = outcome.measure.name, outcome.hits.per_second
            if name.startswith(beginning) and (name == "item" or beginning != "item"):
                most = {"everything": QUEUE_STATEMENTS, "item": ITEM_STATEMENTS}.get(name.split(",")[0])
                few = most is None or outcome.statements <= most
                said = f"{outcome.statements} (≤ {most})" if most else outcome.statements
                found.append((name, peers, f"≥ {goal}", f"{rate:.0f}", said, verdict(rate >= goal and few)))
    return found


if __name__ == "__main__":
    main()
