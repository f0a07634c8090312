"""Schedule every project at hand and write makespan and bound as a Markdown table.

    python bench/planning/schedule.py --out FILE [--seconds 20] [--data FOLDER]

FOLDER holds PSPLIB single-mode files and may hold `best.csv` (instance,best). Without it, projects
are made from seeds in the manner of ProGen (Kolisch, Sprecher, Drexl 1995): four resources, jobs
that use most of them, scarce capacities.
"""

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MERIDIAN = Path(sys.executable).with_name("meridian")
SIZES = (30, 60, 90, 120)
SEEDS = range(3)
RESOURCES = 4
USE_SHARE = 0.75
STRENGTH = {30: 0.25, 60: 0.25, 90: 0.3, 120: 0.3}
ARCS_PER_JOB = 1.8
REACH = 15
RULE = "*" * 72


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.data or _make_projects(Path(made))
        best = _best_known(folder)
        rows = [_row(path, arguments.seconds, best) for path in sorted(folder.glob("*.sm"))]
    proven = sum(row.endswith("yes |") for row in rows)
    lines = [
        f"Limit {arguments.seconds:g} s a project, {proven} of {len(rows)} proven.",
        "",
        "| project | wall seconds | makespan | bound | best known | ratio | proven |",
        "|---|--:|--:|--:|--:|--:|---|",
        *rows,
    ]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(path: Path, seconds: float, best: dict[str, int]) -> str:
    command = [str(MERIDIAN), "plan", "schedule", str(path), "--seconds", str(seconds), "--json"]
    started_at = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{path.name}: {done.stderr.strip().splitlines()[-1]}")
    wall_seconds, report = time.perf_counter() - started_at, json.loads(done.stdout)
    known = best.get(path.stem)
    reference = f"{known} | {report['makespan'] / known:.4f}" if known else "none | "
    proven = "yes" if report["proven"] else "no"
    figures = f"{wall_seconds:.2f} | {report['makespan']} | {report['bound']}"
    return f"| {path.stem} | {figures} | {reference} | {proven} |"


def _best_known(folder: Path) -> dict[str, int]:
    path = folder / "best.csv"
    if not path.exists():
        return {}
    return {row["instance"]: int(row["best"]) for row in csv.DictReader(path.read_text().splitlines())}


def _make_projects(folder: Path) -> Path:
    for size in SIZES:
        for seed in SEEDS:
            (folder / f"made{size:03}_{seed}.sm").write_text(made_project(size, seed), encoding="utf-8")
    return folder


def made_project(jobs: int, seed: int) -> str:
    """The text of a `.sm` file with this many jobs and two dummies."""
    chance = random.Random(f"{jobs} {seed}")
    durations = [0, *(chance.randint(1, 10) for _ in range(jobs)), 0]
    needs = [
        [
            chance.randint(1, 10) if 0 < job <= jobs and chance.random() < USE_SHARE else 0
            for _ in range(RESOURCES)
        ]
        for job in range(jobs + 2)
    ]
    capacities = []
    for resource in range(RESOURCES):
        least = max(need[resource] for need in needs)
        most = sum(need[resource] for need in needs) / 5
        capacities.append(max(least, round(least + STRENGTH[jobs] * (most - least))))
    return _text(_arcs(jobs, chance), durations, needs, capacities)


def _arcs(jobs: int, chance: random.Random) -> list[list[int]]:
    following: list[set[int]] = [set() for _ in range(jobs + 2)]
    for job in range(5, jobs + 1):
        following[chance.randint(max(1, job - REACH), job - 1)].add(job)
    while sum(map(len, following)) < ARCS_PER_JOB * jobs:
        before = chance.randint(1, jobs - 1)
        following[before].add(chance.randint(before + 1, min(jobs, before + REACH)))
    entered = set().union(*following)
    following[0] = set(range(1, jobs + 1)) - entered
    for job in range(1, jobs + 1):
        following[job] = following[job] or {jobs + 1}
    return [sorted(after) for after in following]


def _text(
    following: list[list[int]], durations: list[int], needs: list[list[int]], capacities: list[int]
) -> str:
    names = "  ".join(f"R {at}" for at in range(1, RESOURCES + 1))
    lines = [RULE, f"jobs (incl. supersource/sink ):  {len(durations)}", "RESOURCES"]
    lines += [f"  - renewable                 :  {RESOURCES}   R", RULE, "PRECEDENCE RELATIONS:"]
    lines += ["jobnr.    #modes  #successors   successors"]
    for job, after in enumerate(following, 1):
        lines.append(f"{job:4}  1  {len(after):3}  " + "  ".join(str(each + 1) for each in after))
    lines += [RULE, "REQUESTS/DURATIONS:", f"jobnr. mode duration  {names}", "-" * 72]
    for job, (duration, need) in enumerate(zip(durations, needs, strict=True), 1):
        lines.append(f"{job:4}  1  {duration:3}  " + "  ".join(map(str, need)))
    lines += [RULE, "RESOURCEAVAILABILITIES:", f"  {names}", "  " + "  ".join(map(str, capacities)), RULE]
    return "\n".join(lines) + "\n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="Markdown file to write.")
    parser.add_argument("--seconds", type=float, default=20.0, help="Limit of each run.")
    parser.add_argument("--data", type=Path, help="Folder with .sm files.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
