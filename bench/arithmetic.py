"""How long exact rounding and the simulation take: `python bench/arithmetic.py --out FILE`.

Controlled rounding of a table of 1,000 rows and 60 columns, and a million trials of 40
projects over 10 years, each the best of three after one warm-up. Writes one JSON object.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy

from meridian.kernel.controlled_rounding import controlled_rounding
from meridian.kernel.monte_carlo import Shape, simulate

ROUNDING_GOAL_SECONDS, SIMULATION_GOAL_SECONDS = 1, 2
TRIALS, PROJECTS, YEARS = 1_000_000, 40, 10


def best_of_three(work: Callable[[], object]) -> float:
    """The shortest of three runs in seconds, after one that is not counted."""
    work()
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return round(min(seconds), 3)


def amounts(rows: int, columns: int) -> list[list[Decimal]]:
    """Amounts of both signs with three decimals, the same in every run."""
    source = random.Random(3)
    return [
        [Decimal(source.randint(-(10**9), 10**9)).scaleb(-3) for _ in range(columns)] for _ in range(rows)
    ]


def flows() -> numpy.ndarray:
    """Low, mode and high of every project and year, the same in every run."""
    source = numpy.random.default_rng(1)
    low = source.uniform(-100, 50, (PROJECTS, YEARS))
    width = source.uniform(1, 100, (PROJECTS, YEARS))
    return numpy.stack([low, low + width * source.uniform(0, 1, (PROJECTS, YEARS)), low + width], axis=2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="file for the figures; without it they are only printed")
    target = parser.parse_args().out
    table, ranges = amounts(1_000, 60), flows()
    figures: dict[str, object] = {
        "benchmark": "arithmetic",
        "rounding_goal_seconds": ROUNDING_GOAL_SECONDS,
        "controlled_rounding_1000_x_60_seconds": best_of_three(lambda: controlled_rounding(table)),
        "simulation_goal_seconds": SIMULATION_GOAL_SECONDS,
    }
    for shape in Shape:
        figures[f"million_trials_{shape}_seconds"] = best_of_three(
            lambda shape=shape: simulate(ranges, 0.05, trials=TRIALS, seed=7, shape=shape)
        )
    text = json.dumps(figures, indent=2) + "\n"
    sys.stdout.write(text)
    if target is not None:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
