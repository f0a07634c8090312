"""Plan every kind of site model and write what came out beside the reference value.

    python bench/planning/sites.py --out FILE [--seconds 60]

Each run is the `meridian` command itself, so that seconds count everything from the start of the process.
References are the published optima of the OR-Library, with and without capacities; for one source and for
the generated estate none is published, and the ratio is to the proven bound.
"""

import argparse
import csv
import json
import lzma
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INSTANCES = Path(__file__).parents[1] / "data" / "facility_location"
MERIDIAN = Path(sys.executable).with_name("meridian")
ONE_SOURCE = (("cap72", 15_000), ("cap74", 15_000), ("capa", 8_000), ("capa", 14_000))
ESTATE = {"sites": 40, "groups": 150, "periods": 4}
TOO_SHORT = "No answer was found within"
HEAD = (
    "| instance | kind | wall seconds | cost | bound | reference | cost / reference | proven |",
    "|---|---|--:|--:|--:|--:|--:|---|",
)


@dataclass(frozen=True)
class Case:
    """One run: the file, the command's options and the published optimum where there is one."""

    path: Path
    kind: str
    options: tuple[str, ...] = ()
    reference: float | None = None


def main() -> None:
    arguments = _arguments()
    lines = [f"Limit {arguments.seconds:g} s each, start-up included.", "", *HEAD]
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            lines.append(row(case, *plan(case, arguments.seconds)))
            print(lines[-1], flush=True)  # noqa: T201
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def cases(folder: Path) -> Iterator[Case]:
    """Every run, in the order of the table; files that are made lie in `folder`."""
    for row in _rows("optima.csv"):
        yield Case(_instance(row["instance"]), "any load", ("--uncapacitated",), float(row["optimum"]))
    for row in _rows("capacitated_optima.csv"):
        path = with_capacity(row["instance"], int(row["capacity"]), folder)
        yield Case(path, f"capacity {int(row['capacity']):,}", (), float(row["optimum"]))
    for name, capacity in ONE_SOURCE:
        path = with_capacity(name, capacity, folder)
        yield Case(path, f"capacity {capacity:,}, one source", ("--single-source",))
    path = folder / "estate.json"
    path.write_text(json.dumps(estate(random.Random(1), **ESTATE)))
    yield Case(path, " × ".join(f"{count} {what}" for what, count in ESTATE.items()))


def with_capacity(name: str, capacity: int, folder: Path) -> Path:
    """A copy of an instance in which every warehouse has this capacity."""
    source = _instance(name)
    packed = source.read_bytes()
    lines = (lzma.decompress(packed) if source.suffix == ".xz" else packed).decode().splitlines()
    count = int(lines[0].split()[0])
    warehouses = [f"{capacity} {line.split()[1]}" for line in lines[1 : 1 + count]]
    path = folder / f"{name}.txt"
    path.write_text("\n".join([lines[0], *warehouses, *lines[1 + count :]]) + "\n")
    return path


def plan(case: Case, seconds: float) -> tuple[float, dict[str, Any] | None]:
    """Wall seconds and the report of one `meridian plan sites`; none where the limit was too short."""
    command = [str(MERIDIAN), "plan", "sites", str(case.path), *case.options]
    started_at = time.perf_counter()
    done = subprocess.run(
        [*command, "--seconds", str(seconds), "--json"], capture_output=True, text=True, check=False
    )
    wall_seconds = time.perf_counter() - started_at
    if TOO_SHORT in done.stderr:
        return wall_seconds, None
    if done.returncode != 0:
        raise SystemExit(f"{case.path.name}: {done.stderr.strip().splitlines()[-1]}")
    return wall_seconds, json.loads(done.stdout)


def row(case: Case, wall_seconds: float, report: dict[str, Any] | None) -> str:
    """One line of the table."""
    if report is None:
        return f"| {case.path.stem} | {case.kind} | {wall_seconds:.2f} | none in time | none | | | no |"
    cost, bound = report["objective"], report["bound"]
    reference = bound if case.reference is None else case.reference
    cells = [
        report["instance"],
        case.kind,
        f"{wall_seconds:.2f}",
        f"{cost:,.3f}",
        "none" if bound is None else f"{bound:,.3f}",
        "its bound" if case.reference is None else f"{case.reference:,.3f}",
        f"{cost / reference:.7f}" if reference else "none",
        "yes" if report["proven"] else "no",
    ]
    return f"| {' | '.join(cells)} |"


def estate(chance: random.Random, *, sites: int, groups: int, periods: int) -> dict[str, Any]:
    """An estate like that of a large organisation: many rooms nearly all open, few of them large."""
    countries, hazards = [f"C{at}" for at in range(8)], ["flood", "quake", "storm", "volcano"]
    places = [f"P{at}" for at in range(12)]
    housed = [_group(chance, at, periods, places, countries) for at in range(groups)]
    total = sum(group["load_kw"][-1] for group in housed)
    rooms = [_site(chance, at, periods, total, countries, hazards) for at in range(sites)]
    free = {room["name"]: room["capacity_kw"] for room in rooms if room["open_now"]}
    for group in housed:
        group["now"] = chance.choice([name for name, left in free.items() if left >= group["load_kw"][0]])
        free[group["now"]] -= group["load_kw"][0]
    return {
        "name": "estate",
        "periods": [f"y{at}" for at in range(periods)],
        "discount_rate": 0.05,
        "carbon_price_per_tonne": 80,
        "sites": rooms,
        "groups": housed,
        "round_trips": [
            {"users": place, "site": room["name"], "milliseconds": chance.randint(10, 300),
             "cost": chance.randint(0, 3_000)}
            for place in places for room in rooms
        ],
        "edge_costs": {place: chance.randint(20_000, 60_000) for place in places},
        "pair": {"minimum_km": 800, "tiers": [1, 2], "from": f"y{periods // 2}"},
    }  # fmt: skip


def _group(
    chance: random.Random, at: int, periods: int, places: list[str], countries: list[str]
) -> dict[str, Any]:
    load_kw = chance.lognormvariate(1.5, 0.9)
    group = {
        "name": f"g{at}",
        "load_kw": [round(load_kw * (1 + 0.03 * period), 2) for period in range(periods)],
        "tier": chance.choice([1, 2, 3, 3, 3, 4]),
        "users": chance.sample(places, chance.randint(1, 3)),
        "migration_cost": round(2_000 + load_kw * chance.uniform(200, 900)),
        "migration_kg": round(load_kw * 40),
    }
    if chance.random() < 0.4:
        group["round_trip_limit_ms"] = chance.choice([120, 180, 250])
    if group["tier"] > 2 and chance.random() < 0.2:
        group["residency"] = chance.sample(countries, 4)
    return group


def _site(
    chance: random.Random, at: int, periods: int, total_kw: float, countries: list[str], hazards: list[str]
) -> dict[str, Any]:
    share = chance.uniform(0.25, 0.6) if at % 10 < 3 else chance.uniform(0.03, 0.12)
    capacity_kw = round(total_kw * share, 1)
    site = {
        "name": f"S{at}",
        "capacity_kw": capacity_kw,
        "fixed_cost": round(20_000 + capacity_kw * chance.uniform(150, 400)),
        "tariff_per_kwh": round(chance.uniform(0.07, 0.3), 3),
        "kg_per_kwh": round(chance.uniform(0.02, 0.8), 2),
        "pue": round(chance.uniform(1.2, 2.3), 2),
        "opening_cost": round(capacity_kw * 300),
        "closing_cost": round(10_000 + capacity_kw * 50),
        "open_now": chance.random() < 0.85,
        "country": chance.choice(countries),
        "hazards": chance.sample(hazards, chance.randint(0, 1)),
        "latitude": round(chance.uniform(-40, 60), 2),
        "longitude": round(chance.uniform(-170, 170), 2),
    }
    if site["open_now"] and chance.random() < 0.4:
        site["lease_ends"] = f"y{chance.randrange(periods)}"
    return site


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((INSTANCES / name).read_text().splitlines()))


def _instance(name: str) -> Path:
    return next(INSTANCES.glob(f"{name}.txt*"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="Markdown file to write.")
    parser.add_argument("--seconds", type=float, default=60.0, help="Limit of each run.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
