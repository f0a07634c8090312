"""Measure everything and write `bench/RESULTS.md`: `python bench/run.py [BENCH ...]` (`make bench`).

Without names all benches run, one after the other; a named one replaces its own section and leaves the
others. `--quick` runs each at a small size, to see that it works, and writes to `var/bench/quick.md` instead.
"""

import datetime
import json
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from meridian.engine.postgres import binaries

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT / "bench" / "RESULTS.md"
FOLDER = PROJECT / "var" / "bench"


@dataclass(frozen=True, slots=True)
class Bench:
    """A script that writes Markdown or a JSON object to `--out`; `quick` is what makes it small."""

    name: str
    title: str
    script: str
    options: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()


BENCHES = (
    Bench(
        "desk",
        "The desk at a million work items",
        "bench/desk.py",
        (),
        ("--items=3000", "--seconds=1", "--crowd-seconds=5"),
    ),
    Bench("search", "The search by who asks", "bench/search.py", (), ("--times=3",)),
    Bench("hostile", "Hostile visitors", "bench/hostile.py", (), ("--seconds=3",)),
    Bench("histories", "The desk on a real incident log", "bench/histories.py", (), ("--seconds=1",)),
    Bench("clocks", "Clocks", "bench/clocks.py", (), ("--histories=2000", "--items=500")),
    Bench("mail", "Mail that comes in", "bench/mail.py", (), ("--mails=50",)),
    Bench("placement", "Placement", "bench/planning/placement.py", (), ("--seconds=2",)),
    Bench("sites", "Sites", "bench/planning/sites.py", (), ("--seconds=2",)),
    Bench("waves", "Waves", "bench/planning/waves.py", (), ("--seconds=5", "--sizes=20")),
    Bench("schedule", "Schedules", "bench/planning/schedule.py", (), ("--seconds=1",)),
    Bench(
        "desks",
        "Desks by queueing and simulation",
        "bench/planning/desks.py",
        (),
        ("--contacts=100000", "--long-contacts=200000", "--years=5"),
    ),
    Bench("tables", "Printed tables", "bench/tables.py"),
    Bench("arithmetic", "Rounding and Monte Carlo", "bench/arithmetic.py"),
    Bench("ledger", "Ledger", "bench/ledger.py", (), ("--postings=2000",)),
)


@click.command()
@click.argument("names", nargs=-1)
@click.option("--quick", is_flag=True, help="Small sizes, written beside the results.")
@click.option("--option", "options", multiple=True, help="A further word for each bench, as --items=5000.")
def main(names: tuple[str, ...], quick: bool, options: tuple[str, ...]) -> None:
    """Run the benches in turn and keep each section as soon as it is measured."""
    strangers = set(names) - {bench.name for bench in BENCHES} - {"planning"}
    if strangers:
        raise click.UsageError(f"There is no bench called {', '.join(sorted(strangers))}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    results = FOLDER / "quick.md" if quick else RESULTS
    failed = []
    for bench in BENCHES:
        if _chosen(bench, names) and not _measure(bench, quick, options, results):
            failed.append(bench.name)
    if failed:
        raise click.ClickException(f"These benches failed: {', '.join(failed)}. Run one alone to see why.")


def _chosen(bench: Bench, names: tuple[str, ...]) -> bool:
    in_planning = "planning" in names and "planning/" in bench.script
    return (PROJECT / bench.script).exists() and (not names or bench.name in names or in_planning)


def _measure(bench: Bench, quick: bool, options: tuple[str, ...], results: Path) -> bool:
    """Run one bench; whether it ended well and its section was written."""
    out = FOLDER / f"{bench.name}.md"
    out.unlink(missing_ok=True)
    words = [bench.script, "--out", str(out.relative_to(PROJECT)), *bench.options, *options]
    words += bench.quick if quick else ()
    click.secho(f"== {bench.name}: python {' '.join(words)}", bold=True)
    before = os.getloadavg()[0]
    done = subprocess.run([sys.executable, *words], cwd=PROJECT, check=False)
    if done.returncode or not out.exists():
        return False
    command = f"python {' '.join(words)}"
    busy = f"load average {before:.1f} before and {os.getloadavg()[0]:.1f} after"
    said = f"`{command}`, {_today()}, commit {_commit()}, {busy}"
    _keep(results, bench, f"{said}\n\n{_as_markdown(out.read_text())}")
    return True


def _as_markdown(text: str) -> str:
    """The text itself, or a JSON object as a table."""
    if not text.lstrip().startswith("{"):
        return text.strip()
    rows = (f"| {name} | {_shown(value)} |" for name, value in json.loads(text).items())
    return "\n".join(("| what | value |", "| :-- | --: |", *rows))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "<br>".join(f"{name}: {_shown(part)}" for name, part in value.items())
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _keep(results: Path, bench: Bench, body: str) -> None:
    """Replace the section of a bench, in the order of `BENCHES`."""
    sections = _sections(results.read_text()) if results.exists() else {}
    sections[bench.title] = body
    ordered = [(one.title, sections[one.title]) for one in BENCHES if one.title in sections]
    parts = [_head(), *(f"## {title}\n\n{text.strip()}" for title, text in ordered)]
    results.write_text("\n\n".join(parts) + "\n")


def _sections(text: str) -> dict[str, str]:
    found = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def _head() -> str:
    facts = (
        f"- processor: {_processor()}, {os.cpu_count()} cores",
        f"- memory: {_memory_gibibytes():.0f} GiB",
        f"- system: {platform.system()} {platform.release()}, {_distribution()}",
        f"- {_postgres()}, embedded, durable commits; Python {platform.python_version()}",
    )
    opening = "Written by `make bench`. Everything runs on one machine, the asking side too:"
    return "\n".join(("# Results", "", opening, "", *facts))


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text()
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _memory_gibibytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _distribution() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "")


def _postgres() -> str:
    program = binaries.locate().folder / "postgres"
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True)
    return said.stdout.strip().replace("postgres (PostgreSQL)", "PostgreSQL")


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False).stdout.strip()


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")


if __name__ == "__main__":
    main()
