"""Run every facility location instance and write what came out beside the published optimum.

    python bench/planning/sites.py --out FILE [--seconds 60]

Each run is the `meridian` command itself, so that seconds count everything from the start of the
process; the second table plans the same files with their capacities, for which no optimum is given.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
from pathlib import Path

INSTANCES = Path(__file__).parents[1] / "data" / "facility_location"
MERIDIAN = Path(sys.executable).with_name("meridian")
CAPACITY_OF_OPEN_FILES = 8_000
LINE_UP = {"capacitated": [], "single source": ["--single-source"]}


def main() -> None:
    arguments = _arguments()
    optima = dict(csv.reader((INSTANCES / "optima.csv").read_text().splitlines()))
    lines = [
        "## Sites",
        "",
        "Uncapacitated, against the published optimum.",
        "",
        "| instance | wall seconds | solver seconds | cost | bound | optimum | ratio | proven |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for path in sorted(INSTANCES.glob("cap*.txt*")):
        wall_seconds, report = plan(path, ["--uncapacitated"], arguments.seconds)
        optimum = float(optima[report["instance"]])
        lines.append(_row(report, wall_seconds, f"{optimum:,.3f} | {report['objective'] / optimum:.9f}"))
    lines += [
        "",
        f"With capacities ({CAPACITY_OF_OPEN_FILES:,} where a file leaves it open), "
        f"limit {arguments.seconds:g} s.",
        "",
        "| instance | wall seconds | solver seconds | cost | bound | supply | gap | proven |",
        "|---|--:|--:|--:|--:|---|--:|---|",
    ]
    for path in sorted(INSTANCES.glob("cap*.txt*")):
        for name, options in LINE_UP.items():
            chosen = ["--capacity", str(CAPACITY_OF_OPEN_FILES)] if path.suffix == ".xz" else []
            wall_seconds, report = plan(path, [*options, *chosen], arguments.seconds)
            gap = 1 - report["bound"] / report["objective"]
            lines.append(_row(report, wall_seconds, f"{name} | {gap:.4%}"))
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def plan(path: Path, options: list[str], seconds: float) -> tuple[float, dict]:
    """Wall seconds and the report of one `meridian plan sites`."""
    command = [str(MERIDIAN), "plan", "sites", str(path), *options, "--seconds", str(seconds), "--json"]
    started_at = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{path.name}: {done.stderr.strip().splitlines()[-1]}")
    return time.perf_counter() - started_at, json.loads(done.stdout)


def _row(report: dict, wall_seconds: float, middle: str) -> str:
    return (
        f"| {report['instance']} | {wall_seconds:.2f} | {report['seconds']:.2f} | {report['objective']:,.3f} "
        f"| {report['bound']:,.3f} | {middle} | {'yes' if report['proven'] else 'no'} |"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="Markdown file to write.")
    parser.add_argument("--seconds", type=float, default=60.0, help="Limit of each run.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
