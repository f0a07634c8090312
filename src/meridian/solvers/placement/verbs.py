"""Commands of the shell for placement; the work is done in a worker process (`serving`, `verifying`)."""

import os
from pathlib import Path
from typing import Any

import click

from meridian.kernel.console import Fault, json_option, print_json
from meridian.solvers.placement.jobs import CheckJob, Placement, PlacementJob
from meridian.solvers.solving.worker import limits_from, run

SOLVER = "meridian.solvers.placement"
CHECKER = "meridian.solvers.placement.verifying"
CHECK_SECONDS = 120.0
FILE = click.Path(path_type=Path)


@click.command()
@click.argument("model", type=FILE)
@click.argument("assignment", type=FILE)
@click.option("--seconds", type=float, default=300.0, show_default=True, help="Wall time for the whole run.")
@click.option("--seed", type=int, default=1, show_default=True, help="Start of the random numbers.")
@click.option("--steps", type=int, help="Stop after so many steps, on one thread: a repeatable run.")
@click.option("--out", type=FILE, required=True, help="Where the solution is written.")
@json_option
def placement(
    model: Path, assignment: Path, seconds: float, seed: int, steps: int | None, out: Path, as_json: bool
) -> None:
    """Place processes on machines: MODEL and ASSIGNMENT are files of the ROADEF/EURO 2012 challenge."""
    limits = limits_from(seconds, seed, steps)
    _refuse_unwritable(out)
    outcome = run(SOLVER, PlacementJob(model, assignment), limits)
    best: Placement = outcome.solution
    _write_line(out, best.machines)
    report = {
        "instance": best.instance,
        "initial_cost": best.initial_cost,
        "cost": best.cost,
        "lower_bound": int(outcome.bound),
        "seconds": outcome.seconds,
        "feasible": best.feasible,
    }
    _print(report, as_json)


@click.command()
@click.argument("model", type=FILE)
@click.argument("assignment", type=FILE)
@click.argument("solution", type=FILE)
@json_option
def check_placement(model: Path, assignment: Path, solution: Path, as_json: bool) -> None:
    """Evaluate SOLUTION independently of the solver: its full cost and every rule it breaks."""
    outcome = run(
        CHECKER, CheckJob(model, assignment, solution), limits_from(CHECK_SECONDS), show_progress=False
    )
    verdict = outcome.solution
    report = {
        "feasible": verdict.feasible,
        "cost": verdict.cost,
        "violations": list(verdict.violations),
    }
    _print(report, as_json)


def _refuse_unwritable(out: Path) -> None:
    if out.is_dir() or not os.access(out.parent, os.W_OK):
        raise Fault(
            f"The solution can't be written to {out}.", "Give --out a file in a folder you may write."
        )


def _write_line(out: Path, machines: tuple[int, ...]) -> None:
    """One line of machine numbers; the file is whole at every moment."""
    draft = out.with_name(f".{out.name}.part")
    draft.write_text(" ".join(map(str, machines)) + "\n", encoding="ascii")
    draft.replace(out)


def _print(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        lines = value if isinstance(value, list) else [value]
        for line in lines:
            click.echo(f"{name.replace('_', ' ')}: {line}")


VERBS = {"plan placement": placement, "plan check-placement": check_placement}
