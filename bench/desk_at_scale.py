"""Load and measure the desk at its full size, unattended: `python bench/desk_at_scale.py --out FILE`.

Six million items, 35 million events and 12 million messages by the product's own loader: about an hour to
load on two quiet cores, half an hour to make findable, forty minutes to measure, 45 GB of disk (reckoned from
a million). Every page and search, every filter of the list in every order, the search by who asks, and the
incident log in a house of its own. Each part says the load of the machine. What was loaded is removed at the
end, or left for `--again` with `--keep`.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "var" / "bench"
GIGABYTE = 1_000_000_000
# What an item takes with its events, messages, indexes and search documents, and the log of a load beside it.
BYTES_OF_AN_ITEM = 7_500
PARTS = ("desk", "lists", "search", "histories")


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Markdown file to write.")
@click.option("--items", default=6_000_000, show_default=True, help="Work items.")
@click.option("--seconds", default=5.0, show_default=True, help="How long each page is asked for.")
@click.option("--again", is_flag=True, help="Measure what an earlier run left with --keep.")
@click.option("--keep", is_flag=True, help="Leave the database for another run.")
def main(out: Path, items: int, seconds: float, again: bool, keep: bool) -> None:
    """Run one part after the other; a part that fails is told, and the others run all the same."""
    needed, free = items * BYTES_OF_AN_ITEM, shutil.disk_usage(PROJECT).free
    if not again and free < needed:
        raise click.ClickException(
            f"{items:,} items need about {needed / GIGABYTE:.0f} GB, and {free / GIGABYTE:.0f} GB are free."
        )
    FOLDER.mkdir(parents=True, exist_ok=True)
    timed = [f"--seconds={seconds}"]
    options = {"desk": [f"--items={items}", *timed, *(["--again"] if again else [])], "histories": timed}
    try:
        found = [_run(part, options.get(part, [])) for part in PARTS]
    finally:
        if not keep:
            for part in ("desk", "histories"):
                shutil.rmtree(FOLDER / part, ignore_errors=True)
    out.write_text("\n\n".join(found) + "\n")


def _run(part: str, options: list[str]) -> str:
    """A part as a section of its own, with its time, the machine's load and the disk that it took."""
    place = FOLDER / f"{part}.md"
    place.unlink(missing_ok=True)
    begun, free, load = time.monotonic(), shutil.disk_usage(FOLDER).free, os.getloadavg()[0]
    click.echo(f"bench/{part}.py {' '.join(options)}")
    words = [sys.executable, str(PROJECT / "bench" / f"{part}.py"), f"--out={place}", *options]
    done = subprocess.run(words, check=False)
    took = free - shutil.disk_usage(FOLDER).free
    said = (
        f"`bench/{part}.py {' '.join(options)}`: {(time.monotonic() - begun) / 60:.0f} minutes,"
        f" {took / GIGABYTE:.1f} GB more on the disk, load average {load:.1f} before and"
        f" {os.getloadavg()[0]:.1f} after."
    )
    body = place.read_text() if place.exists() else f"**Failed** with {done.returncode}."
    return f"## {part}\n\n{said}\n\n{body}"


if __name__ == "__main__":
    main()
