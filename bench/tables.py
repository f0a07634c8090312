"""How long 60 tables take in DOCX, XLSX and PDF: `python bench/tables.py --out FILE`.

Each table has 40 rows in 5 groups and 8 columns; the three files are read back and added
again after the clock has stopped. Writes one JSON object with the seconds of each format.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from meridian.engine.printing.document import Document, Paragraph
from meridian.engine.printing.formats import print_document
from meridian.engine.reading.printed import read_tables
from meridian.engine.tables.adding import re_add
from meridian.engine.tables.specification import Axis, TableSpec, Unit
from meridian.engine.tables.table import Table

TABLES, ROWS, COLUMNS, GROUPS = 60, 40, 8, 5
GOAL_SECONDS = 30


def table(number: int, source: random.Random) -> Table:
    """A table of amounts in cents, printed in thousands with one decimal."""
    down = tuple(f"row-{row:02d}" for row in range(ROWS))
    across = tuple(str(2010 + column) for column in range(COLUMNS))
    specification = TableSpec(
        name=f"table-{number:02d}",
        title=f"Estimates by object and year, section {number}",
        unit=Unit("USD thousand", 100_000, 1),
        down=Axis(down),
        across=Axis(across),
        groups={key: (f"group-{index * GROUPS // ROWS}",) for index, key in enumerate(down)},
    )
    facts = [(row, column, source.randint(-(10**9), 10**10)) for row in down for column in across]
    return specification.lay_out(facts)


def measure() -> dict[str, float | int | bool]:
    """Seconds for laying out, for each format and in all, and whether every table added when read back."""
    source = random.Random(1)
    begun = time.perf_counter()
    tables = [table(number, source) for number in range(1, TABLES + 1)]
    seconds = {"lay_out": time.perf_counter() - begun}
    parts = [part for one in tables for part in (Paragraph(f"Resources under {one.title}."), one)]
    document = Document("Programme budget", tuple(parts), "en", "A/65/491", "Table")
    adds = True
    with tempfile.TemporaryDirectory() as folder:
        for form in ("docx", "xlsx", "pdf"):
            begun = time.perf_counter()
            content = print_document(document, form)
            seconds[form] = time.perf_counter() - begun
            path = Path(folder) / f"report.{form}"
            path.write_bytes(content)
            read = read_tables(path)
            adds = adds and len(read) == TABLES
            adds = adds and not any(
                re_add(one, other.columns) for one, other in zip(read, tables, strict=True)
            )
    rounded = {name: round(value, 2) for name, value in seconds.items()}
    return {"tables": TABLES, **rounded, "seconds": round(sum(seconds.values()), 2), "adds": adds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="file for the figures; without it they are only printed")
    target = parser.parse_args().out
    figures = {"benchmark": "tables", "goal_seconds": GOAL_SECONDS, **measure()}
    text = json.dumps(figures, indent=2)
    sys.stdout.write(text + "\n")
    if target is not None:
        target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
