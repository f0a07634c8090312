"""Measure the search by who asks, in the database that `bench/desk.py` left.

A requester with a few items of their own, agents of a large and of a middle team, and somebody who sees
everything ask for the most frequent words of each script. The search itself is on the clock, rights and rows
included, without the page around it.
"""

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import click

os.environ.setdefault("MERIDIAN_VAR", str(Path(__file__).resolve().parents[1] / "var" / "bench" / "desk"))

from measuring import pages, store
from measuring.report import table, verdict

from meridian.engine.policies import Actor, Grant
from meridian.engine.search.find import find

GOAL_MS = 300
FREQUENT = """
SELECT word FROM ts_stat($$SELECT to_tsvector('simple', title) FROM servicedesk_workitem
WHERE language = '{}' AND id %% 50 = 0$$) WHERE length(word) > 4 ORDER BY ndoc DESC LIMIT 1
"""
TEAMS = """
SELECT i.team_id, min(m.person_id) FROM servicedesk_workitem AS i
JOIN servicedesk_membership AS m ON m.team_id = i.team_id GROUP BY 1 ORDER BY count(DISTINCT i.id) DESC
"""


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Markdown file to write.")
@click.option("--times", default=21, show_default=True, help="How often each word is asked for.")
def main(out: Path, times: int) -> None:
    """Ask, and tell how long the answers took; one Markdown table."""
    store.begin(afresh=False)
    try:
        rows = [_measured(who, actor, word, times) for who, actor in _readers() for word in _words()]
    finally:
        store.end()
    heads = ("who asks", "for", "hits", "p50 ms", "p95 ms", "p95 target", "met")
    out.write_text(f"{os.getloadavg()[0]:.1f} load average at the end.\n\n{table(heads, rows)}\n")


def _readers() -> Iterator[tuple[str, Actor]]:
    at_teams = (Grant(frozenset({"servicedesk.workitem.*"}), "no unit/"),)
    person = store.figure("SELECT person_id FROM access_account WHERE username = 'staff'")
    teams = store.figures(TEAMS)
    yield "a requester", Actor(-1, person, "requester")
    yield "an agent of the largest team", Actor(-1, teams[0][1], "agent", at_teams)
    yield "an agent of a middle team", Actor(-1, teams[len(teams) // 2][1], "agent", at_teams)
    yield "an operator", Actor(None, None, "operator", (Grant(frozenset({"*"})),))


def _words() -> Iterator[str]:
    words = pages.frequent_words()
    yield from (words.frequent, words.rare, words.arabic, words.chinese)
    for language in ("ru", "fr", "es"):
        yield store.figures(FREQUENT.format(language))[0][0]
    yield from ("inc", "the")


def _measured(who: str, actor: Actor, word: str, times: int) -> tuple[str, ...]:
    hits, took = len(find(actor, word).hits), []
    for _time in range(times):
        begun = time.perf_counter()
        find(actor, word)
        took.append((time.perf_counter() - begun) * 1000)
    high = statistics.quantiles(took, n=20)[-1]
    return (
        who,
        word,
        str(hits),
        f"{statistics.median(took):.0f}",
        f"{high:.0f}",
        f"≤ {GOAL_MS}",
        verdict(high <= GOAL_MS),
    )


if __name__ == "__main__":
    main()
