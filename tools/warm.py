"""Compiles the kernels of the planners once, so that a person's first plan starts at once: tools/warm.py

Small plans run side by side and leave their machine code in the user's cache. A failure is told in a
sentence and stops nothing: the first plan then compiles for itself.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

MERIDIAN = str(Path(sys.executable).with_name("meridian"))
SOLVERS = Path(__file__).parents[1] / "src/meridian/solvers"
PLACEMENT = SOLVERS / "placement/tests/data/placement"
WAREHOUSES = Path(__file__).parents[1] / "bench/data/facility_location/cap74.txt"
WAVES = SOLVERS / "waves/tests/data/waves.json"
DEMAND = """site,zone,language,hour_of_week,contacts,handling_minutes
Geneva,Europe/Zurich,French,9,12,10
Nairobi,Africa/Nairobi,English,9,12,10
"""
MOST_SECONDS = 60.0


def plans(folder: Path) -> dict[str, list[str]]:
    """The smallest commands that reach every kernel."""
    demand = folder / "demand.csv"
    demand.write_text(DEMAND)
    seconds = ["--seconds", f"{MOST_SECONDS:g}", "--json"]
    return {
        "desks": ["plan", "desks", "--demand", str(demand), "--replications", "2", *seconds],
        "placement": [
            *("plan", "placement", str(PLACEMENT / "model_a1_1.txt"), str(PLACEMENT / "assignment_a1_1.txt")),
            *("--steps", "1000", "--out", str(folder / "solution.txt"), *seconds),
        ],
        "sites": ["plan", "sites", str(WAREHOUSES), "--capacity", "15000", "--single-source", *seconds],
        "waves": ["plan", "waves", str(WAVES), "--steps", "1", *seconds],
    }


def main() -> None:
    """Run the plans and wait for them, a minute at most."""
    stop_at = time.monotonic() + MOST_SECONDS
    with tempfile.TemporaryDirectory() as folder:
        started = {
            name: subprocess.Popen([MERIDIAN, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for name, words in plans(Path(folder)).items()
        }
        for name, process in started.items():
            try:
                ended_well = process.wait(timeout=max(0.0, stop_at - time.monotonic())) == 0
            except subprocess.TimeoutExpired:
                process.terminate()
                process.wait()
                ended_well = False
            if not ended_well:
                print(f"The planner of {name} was not compiled ahead: its first plan takes longer.")  # noqa: T201


if __name__ == "__main__":
    main()
