"""`meridian plan schedule`: when each job of a project starts."""

from pathlib import Path

import click

from meridian.kernel.console import json_option, print_json
from meridian.solvers.scheduling.psplib import read_project
from meridian.solvers.scheduling.run import schedule_within
from meridian.solvers.solving.limits import limits_from


@click.command("schedule")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Limit, start-up included.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the search.")
@click.option("--steps", type=int, help="Deterministic steps: the same answer on every run.")
@json_option
def schedule(file: Path, seconds: float, seed: int, steps: int | None, as_json: bool) -> None:
    """Schedule the jobs of a single-mode PSPLIB FILE so that the last ends as early as possible."""
    limits = limits_from(seconds, seed, steps)
    project = read_project(file)
    done = schedule_within(project, limits)
    if as_json:
        print_json(
            {
                "instance": project.name,
                "makespan": done.cost,
                "bound": done.bound,
                "proven": done.proven,
                "start": list(done.schedule.starts),
                "seconds": done.seconds,
            }
        )
        return
    proof = "proven shortest" if done.proven else f"at least {done.bound}"
    click.echo(f"{project.name}: {done.cost} ({proof}) after {done.seconds} s")
    for task, start in zip(project.tasks, done.schedule.starts, strict=True):
        click.echo(f"{task.name}: {start}")


VERBS: dict[str, click.Command] = {"plan schedule": schedule}
