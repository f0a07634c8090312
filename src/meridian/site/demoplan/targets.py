"""The published totals that the demo organisation must add up to.

Read from `data/baseline_2010` (source: `data/README.md`). The generator aims at them and
`checks` recounts the rows against them; nothing that reports may read them.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
GROUPS = ("headquarters", "offices_away", "missions")
NETWORK_SITES = 594
STAFF_ACCOUNTS = 63_000


@dataclass(frozen=True)
class Targets:
    """`statistics[indicator][group]`; `personnel[entity, category]`; `budget[entity, fund]` in units of
    100 USD a year; `figures[indicator]`; `functions[area, function]` in USD million."""

    statistics: dict[str, dict[str, int]]
    personnel: dict[tuple[str, str], int]
    budget: dict[tuple[str, str], int]
    figures: dict[str, Decimal]
    functions: dict[tuple[str, str], int]


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of one CSV file of the demo's data folder."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def read_targets() -> Targets:
    """The totals, read once."""
    statistics: dict[str, dict[str, int]] = {}
    for row in rows_of("baseline_2010/statistics.csv"):
        statistics.setdefault(row["indicator"], {})[row["location_group"]] = int(row["value"])
    return Targets(
        statistics=statistics,
        personnel={
            (row["entity"], row["category"]): int(row["persons"])
            for row in rows_of("baseline_2010/personnel_by_category.csv")
        },
        budget={
            (row["entity"], row["fund"]): int(Decimal(row["usd_thousand_per_year"]) * 10)
            for row in rows_of("baseline_2010/ict_budget_by_fund.csv")
        },
        figures={
            row["indicator"]: Decimal(row["value"]) for row in rows_of("baseline_2010/other_figures.csv")
        },
        functions={
            (row["location_group"], row["function"]): int(row["usd_million"])
            for row in rows_of("baseline_2010/budget_by_function.csv")
        },
    )
