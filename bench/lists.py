"""Ask for every filter of the list of work items in every order that it offers, in the database that
`bench/desk.py` left: `python bench/lists.py --out FILE`.

The pairs come from the declaration. The count and the rows of each first page are asked as EXPLAIN
(ANALYZE, BUFFERS) by somebody who sees everything; the slowest are told with the index they went along.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

os.environ.setdefault("MERIDIAN_VAR", str(Path(__file__).resolve().parents[1] / "var" / "bench" / "desk"))

from django.db import connection, models
from django.http import QueryDict
from measuring import store
from measuring.report import table, verdict

from meridian.engine.listing.listing import Listing
from meridian.engine.listing.orders import orders
from meridian.engine.policies import system_actor
from meridian.engine.resources import resource_of
from meridian.work.servicedesk.facade import WorkItem

GOAL_MS = 150
LIST = resource_of(WorkItem)
PARTS = (0.02, 0.5, 0.98)
BY_SIZE = "SELECT {column} FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC"
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Markdown file to write.")
@click.option("--told", default=20, show_default=True, help="How many of the slowest are told.")
def main(out: Path, told: int) -> None:
    """Ask for each pair once, after it was asked once to warm up; one Markdown table."""
    store.begin(afresh=False)
    try:
        names = ["", *(way + name for name in orders(LIST) for way in ("", "-"))]
        asked = [(narrowed, order) for narrowed in ["", *_filters()] for order in names]
        found = sorted((_measured(*pair) for pair in asked), reverse=True)
    finally:
        store.end()
    slow = sum(one[0] > GOAL_MS for one in found)
    heads = ("ms", "buffers", "filter", "order", "along", "target", "met")
    rows = (
        (f"{one[0]:.0f}", f"{one[1]:,}", *one[2:], f"≤ {GOAL_MS}", verdict(one[0] <= GOAL_MS))
        for one in found
    )
    load = (
        f"{os.getloadavg()[0]:.1f} load average at the end; {slow} of {len(found)} pairs above {GOAL_MS} ms."
    )
    out.write_text(f"{load}\n\n{table(heads, list(rows)[:told], left=0)}\n")


def _filters() -> Iterator[str]:
    """Every choice of every filter; of references three, of days the ends and the middle."""
    for declared in LIST.filters():
        field = LIST.field(declared.name)
        if isinstance(field, models.DateField):
            yield from _days(declared.name)
        elif field.choices:
            yield from (f"{declared.name}={code}" for code, _words in field.flatchoices)
        else:
            query = BY_SIZE.format(column=field.column, table=WorkItem._meta.db_table)
            values = [value for (value,) in store.figures(query)]
            some = values if not field.is_relation else [values[0], values[len(values) // 2], values[-1]]
            yield from (f"{declared.name}={value}" for value in some)


def _days(name: str) -> Iterator[str]:
    ends = WorkItem.objects.aggregate(first=models.Min(name), last=models.Max(name))
    first, last = ends["first"], ends["last"]
    for part in PARTS:
        day = (first + (last - first) * part).date().isoformat()
        yield from (f"{name}_from={day}", f"{name}_to={day}", f"{name}_from={day}&{name}_to={day}")


def _measured(narrowed: str, order: str) -> tuple[float, int, str, str, str]:
    query = QueryDict("&".join(filter(None, (narrowed, f"sort={order}" if order else ""))))
    actor = system_actor("Bench")
    Listing(LIST, actor, query).page()
    listing = Listing(LIST, actor, query)
    begun = time.perf_counter()
    counted = listing.found if listing.is_narrowed else 0
    counting = (time.perf_counter() - begun) * 1000
    sql, parameters = listing.wanted().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(EXPLAIN + sql, parameters)
        plan = cursor.fetchone()[0]
    (plan,) = json.loads(plan) if isinstance(plan, str) else plan
    top = plan["Plan"]
    spent = counting + plan["Planning Time"] + plan["Execution Time"]
    along = f"{next(_indexes(top), 'the table')}, {counted:,} counted"
    return spent, top["Shared Hit Blocks"] + top["Shared Read Blocks"], narrowed, order, along


def _indexes(node: dict[str, Any]) -> Iterator[str]:
    """The indexes of a plan, the first one first."""
    if "Index Name" in node:
        yield str(node["Index Name"])
    for inner in node.get("Plans", ()):
        yield from _indexes(inner)


if __name__ == "__main__":
    main()
