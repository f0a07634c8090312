"""Plan waves for made-up estates and write cost, bound and each term as a Markdown table.

    python bench/planning/waves.py --out FILE [--seconds 60] [--sizes 20,60,200]

Estates are made from seeds: applications of a few workloads that need each other, in rooms that
close; two teams, a link and swing hosts; a freeze at the turn of the year; some due dates.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MERIDIAN = Path(sys.executable).with_name("meridian")
FIRST_DAY = date(2026, 1, 5)
SIZES = "20,60,200"
SEED = 1
WORKLOADS_PER_ROOM = 12
WORKLOADS_A_DAY = 0.55


def main() -> None:
    arguments = _arguments()
    lines = [
        f"Limit {arguments.seconds:g} s a plan; least is what is proven of a term by itself.",
        "",
        "| workloads | groups | wall seconds | cost | bound | gap % | term | cost of the term | least |",
        "|--:|--:|--:|--:|--:|--:|---|--:|--:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, arguments.sizes.split(",")):
            path = Path(folder) / f"estate{size}.json"
            path.write_text(json.dumps(made_plan(size, SEED)), encoding="utf-8")
            lines += _rows(path, size, arguments.seconds)
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(path: Path, size: int, seconds: float) -> list[str]:
    command = [str(MERIDIAN), "plan", "waves", str(path), "--seconds", str(seconds), "--json"]
    started_at = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{path.name}: {done.stderr.strip().splitlines()[-1]}")
    wall_seconds, report = time.perf_counter() - started_at, json.loads(done.stdout)
    cost, bound = report["objective"], report["bound"]
    gap = 100 * (cost - bound) / cost if cost else 0.0
    head = f"| {size} | {len(report['groups'])} | {wall_seconds:.1f} | {cost:,} | {bound:,} | {gap:.1f}"
    rows = [f"{head} | all | {cost:,} | {bound:,} |"]
    for term in report["terms"]:
        rows.append(f"| | | | | | | {term['name']} | {term['cost']:,} | {term['least']:,} |")
    return rows


def made_plan(size: int, seed: int) -> dict[str, Any]:
    """The fields of a wave plan with this many workloads."""
    chance = random.Random(f"waves {size} {seed}")
    rooms = [f"Room {at}" for at in range(1, 2 + size // WORKLOADS_PER_ROOM)]
    horizon_days = 120 + int(2.5 * size)
    work_days = int(size / WORKLOADS_A_DAY)
    applications = _applications(size, chance)
    workloads, dependencies = [], []
    for at, members in enumerate(applications):
        room = chance.choice(rooms)
        for name in members:
            workloads.append(_workload(name, room, chance, work_days))
        for first, second in zip(members, members[1:], strict=False):
            dependencies.append(_dependency(first, second, chance.random() < 0.6, chance))
        for _ in range(2 if at else 0):
            other = chance.choice(applications[chance.randrange(at)])
            dependencies.append(_dependency(chance.choice(members), other, False, chance))
    workloads.append({"name": "directory", "servers": 2, "methods": ["rehost"], "shared": True})
    for members in applications[::3]:
        dependencies.append({"user": members[0], "provider": "directory", "strong": True})
    return {
        "name": f"estate of {size}",
        "start": FIRST_DAY.isoformat(),
        "horizon_days": horizon_days,
        "wave_days": 42,
        "group_limit": 20,
        "workloads": workloads,
        "dependencies": dependencies,
        "methods": METHODS,
        "resources": _resources(),
        "freezes": [{"from": _day(60), "to": _day(70)}],
        "windows": [{"name": "weekend", "weekdays": ["Saturday", "Sunday"]}],
        "weights": {
            "makespan": 20,
            "late": 40,
            "traffic_per_gigabyte": 1,
            "churn": 5,
            "sites": {room: chance.randint(10, 40) for room in rooms},
        },
    }


METHODS = [
    {"name": "replicate", "days": 2, "days_per_server": 0.4, "team": "movers", "people": 2, "link": "link",
     "megabits_per_second": 200, "swing_hosts": "swing", "swing_per_server": 0.5},
    {"name": "ship", "days": 6, "days_per_server": 0.2, "team": "drivers", "people": 2, "cost": 60},
    {"name": "rehost", "days": 2, "days_per_server": 0.3, "team": "movers", "people": 3},
]  # fmt: skip


def _resources() -> list[dict[str, Any]]:
    away = [{"from": _day(30), "to": _day(36), "amount": 3}]
    return [
        {"name": "movers", "capacity": 7, "reductions": away},
        {"name": "drivers", "capacity": 4},
        {"name": "link", "capacity": 600},
        {"name": "swing", "capacity": 12},
    ]


def _applications(size: int, chance: random.Random) -> list[list[str]]:
    found, left = [], size
    while left:
        count = min(left, chance.randint(1, 5))
        found.append([f"app {len(found) + 1} part {part}" for part in range(1, count + 1)])
        left -= count
    return found


def _workload(name: str, room: str, chance: random.Random, work_days: int) -> dict[str, Any]:
    workload: dict[str, Any] = {
        "name": name,
        "servers": chance.randint(1, 8),
        "gigabytes": chance.randint(50, 4_000),
        "changed_gigabytes_per_day": chance.randint(0, 100),
        "site": room,
        "methods": ["replicate", "ship", "rehost"] if chance.random() < 0.5 else ["replicate", "ship"],
    }
    if chance.random() < 0.3:
        workload["window"] = "weekend"
    if chance.random() < 0.4:
        workload["due"] = _day(chance.randint(20, work_days + 20))
    return workload


def _dependency(user: str, provider: str, strong: bool, chance: random.Random) -> dict[str, Any]:
    traffic = chance.randint(1, 30)
    return {"user": user, "provider": provider, "strong": strong, "gigabytes_per_day": traffic}


def _day(day: int) -> str:
    return (FIRST_DAY + timedelta(days=day)).isoformat()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="Markdown file to write.")
    parser.add_argument("--seconds", type=float, default=60.0, help="Limit of each run.")
    parser.add_argument("--sizes", default=SIZES, help="Numbers of workloads, with commas between.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
