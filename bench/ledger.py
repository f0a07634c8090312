"""How many postings a minute the ledger takes in by its command: `python bench/ledger.py --out FILE`.

Posts entries of two legs over 5 funds and 40 projects in one transaction in a database of its
own making inside the one that DATABASE_URL or the house names, checks that the sums hold, and
takes everything back. Writes one JSON object.
"""

import argparse
import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
django.setup()

from django.db import transaction  # noqa: E402

from meridian.engine.policies import system_actor  # noqa: E402
from meridian.registers.ledger import commands  # noqa: E402
from meridian.registers.ledger.contracts import DimensionName, Dimensions, Draft, Leg  # noqa: E402
from meridian.registers.ledger.queries import balances  # noqa: E402
from meridian.site import database  # noqa: E402

POSTINGS, GOAL_PER_MINUTE = 1_000_000, 1_000_000
FUNDS = ("regular_budget", "extrabudgetary", "peacekeeping", "peacekeeping_support_account", "other_assessed")
PROJECTS = tuple(f"project_{number}" for number in range(40))


class TakenBack(Exception):
    """Ends the transaction without a trace."""


def drafts(count: int) -> list[Draft]:
    """Entries with `count` postings in all."""
    codings = [Dimensions(fund=fund, project=project) for fund in FUNDS for project in PROJECTS]
    return [
        Draft(
            date(2026, 1 + number % 12, 1),
            f"Entry {number}",
            (
                Leg("budget:estimates", "USD", number + 1, codings[number % len(codings)]),
                Leg("budget:authority", "USD", -number - 1, codings[number % len(codings)]),
            ),
        )
        for number in range(count // 2)
    ]


def measure(count: int) -> dict[str, object]:
    """Seconds from the first check to the last constraint, and whether the sums hold."""
    actor, waiting, answer = system_actor("Bench"), drafts(count), {}
    try:
        with transaction.atomic():
            names = [DimensionName("project", code, {"en": code}) for code in PROJECTS]
            commands.name_dimensions(actor=actor, names=names)
            book = commands.open_book(actor=actor, code="bench", name={"en": "Bench"}, kind="budget")
            begun = time.perf_counter()
            posted = commands.post_entries(actor=actor, book=book, drafts=waiting)
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            seconds = time.perf_counter() - begun
            (total,) = balances("bench", "budget:estimates", ())
            answer = {
                "postings": posted,
                "seconds": round(seconds, 2),
                "postings_per_minute": round(posted / seconds * 60),
                "sums_hold": total.amount == sum(range(1, count // 2 + 1)),
            }
            raise TakenBack
    except TakenBack:
        return answer


def main() -> int:
    """0 when the goal is met and the sums hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=POSTINGS)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    database.prepare()
    answer = {**measure(options.postings), "goal_per_minute": GOAL_PER_MINUTE}
    text = json.dumps(answer, indent=2)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    print(text)  # noqa: T201
    return 0 if answer["sums_hold"] and answer["postings_per_minute"] >= GOAL_PER_MINUTE else 1


if __name__ == "__main__":
    sys.exit(main())
