"""Run every machine reassignment instance and write what came out beside the winner's value.

    python bench/planning/placement.py --out FILE [--seconds 300] [--only a1_1,b_2] [--append]

Each run is the `meridian` command itself and each solution goes through `meridian plan check-placement`;
a row is written as soon as it is known. Ratio is cost / reference; score is (cost - reference) in hundredths
of the first cost, as the challenge counted: 0 or less meets the winner.
"""

import argparse
import csv
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

INSTANCES = Path(__file__).parents[1] / "data" / "machine_reassignment"
MERIDIAN = Path(sys.executable).with_name("meridian")
HEAD = (
    "| instance | seconds | cost | bound | reference | ratio | score | above bound | checked |",
    "|---|--:|--:|--:|--:|--:|--:|--:|---|",
)


def main() -> None:
    arguments = _arguments()
    rows = list(csv.DictReader((INSTANCES / "reference.csv").read_text(encoding="ascii").splitlines()))
    wanted = arguments.only.split(",") if arguments.only else [row["instance"] for row in rows]
    if not arguments.append:
        arguments.out.write_text("\n".join(HEAD) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(INSTANCES / "instances.tar.xz") as archive:
            archive.extractall(folder, filter="data")
        for row in rows:
            if row["instance"] in wanted:
                line = measure(Path(folder), row, arguments.seconds, arguments.seed)
                with arguments.out.open("a", encoding="utf-8") as out:
                    out.write(line + "\n")


def measure(folder: Path, row: dict[str, str], seconds: float, seed: int) -> str:
    """Plan and check one instance; the row of the table."""
    name = row["instance"]
    model, first = folder / f"model_{name}.txt", folder / f"assignment_{name}.txt"
    solution = folder / f"solution_{name}.txt"
    limits = ["--seconds", str(seconds), "--seed", str(seed), "--out", str(solution)]
    planned = meridian("placement", str(model), str(first), *limits)
    checked = meridian("check-placement", str(model), str(first), str(solution))
    cost, reference = checked["cost"], int(row["winner_300s"])
    initial, bound = int(row["initial_cost"]), planned["lower_bound"]
    agreed = checked["feasible"] and cost == planned["cost"]
    cells = (
        name,
        f"{planned['seconds']:.1f}",
        f"{cost:,}",
        f"{bound:,}",
        f"{reference:,}",
        f"{cost / reference:.6f}",
        f"{100 * (cost - reference) / initial:+.4f}",
        f"{(cost - bound) / initial:.4%}",
        "yes" if agreed else "NO",
    )
    return "| " + " | ".join(cells) + " |"


def meridian(verb: str, *words: str) -> dict:
    """The report of one `meridian plan` command."""
    command = [str(MERIDIAN), "plan", verb, *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.strip()}")
    return json.loads(done.stdout)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--append", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
