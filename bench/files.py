"""What it costs to read small workbooks that were made to hurt, and large honest files.

    python bench/files.py

Each file is read by a process of its own; memory is the peak of that process above what it took to start,
time that of the processor.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from meridian.engine.exchange.workbook import write_workbook
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.table import read_table
from meridian.engine.sheets.tests.samples import far_columns, swollen_string

HONEST_ROWS, HONEST_COLUMNS = 20_000, 16


def honest() -> list[list[str]]:
    titles = [f"column_{number}" for number in range(HONEST_COLUMNS)]
    return [titles] + [[f"text {row} of {column}" for column in titles] for row in range(HONEST_ROWS)]


def files() -> dict[str, bytes]:
    rows, book, text = honest(), io.BytesIO(), io.StringIO()
    write_workbook(book, rows)
    csv.writer(text).writerows(rows)
    objects = json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]])
    return {
        "one text that unpacks to 300 MB.xlsx": swollen_string(300_000_000),
        "20,000 numbers in column XFD.xlsx": far_columns(20_000),
        "320,000 cells.xlsx": book.getvalue(),
        "320,000 cells.csv": text.getvalue().encode(),
        "320,000 cells.json": objects.encode(),
    }


def peak_megabytes() -> float:
    """What this process had at most; `getrusage` would tell what its parent had."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0


def read(path: Path) -> None:
    content = path.read_bytes()
    before, start = peak_megabytes(), time.process_time()
    try:
        answer = f"{len(read_table(path.name, content).lines):,} lines"
    except Unreadable as fault:
        answer = f"refused: {fault}"
    seconds = time.process_time() - start
    grown = peak_megabytes() - before
    print(f"| {path.name} | {len(content) / 1e6:.2f} | {seconds:.1f} | {grown:.0f} | {answer} |")  # noqa: T201


def main() -> None:
    if len(sys.argv) > 1:
        read(Path(sys.argv[1]))
        return
    print("| file | MB | processor s | memory MB | answer |\n| :-- | --: | --: | --: | :-- |")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files().items():
            path = Path(folder) / name
            path.write_bytes(content)
            sys.stdout.flush()
            subprocess.run([sys.executable, __file__, str(path)], check=True, env=os.environ)


if __name__ == "__main__":
    main()
