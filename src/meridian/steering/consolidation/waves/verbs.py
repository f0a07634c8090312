"""`meridian plan schedule` and `meridian plan waves`: what happens when."""

from pathlib import Path

import click

from meridian.engine.console import json_option, print_json
from meridian.steering.consolidation.waves.psplib import read_project
from meridian.steering.consolidation.waves.run import schedule_within
from meridian.steering.consolidation.worker import limits_from

seconds_option = click.option(
    "--seconds", type=float, default=60.0, show_default=True, help="Limit, start-up included."
)
seed_option = click.option("--seed", type=int, default=1, show_default=True, help="Seed of the search.")
steps_option = click.option("--steps", type=int, help="Deterministic steps: the same answer on every run.")


@click.command("schedule")
@click.argument("file", type=click.Path(path_type=Path))
@seconds_option
@seed_option
@steps_option
@json_option
def schedule(file: Path, seconds: float, seed: int, steps: int | None, as_json: bool) -> None:
    """Schedule the jobs of a single-mode PSPLIB FILE so that the last ends as early as possible."""
    limits = limits_from(seconds, seed, steps)
    project = read_project(file)
    done = schedule_within(project, limits)
    if as_json:
        report = {"makespan": done.cost, "bound": done.bound, "proven": done.proven}
        print_json(
            {"instance": project.name, **report, "start": list(done.schedule.starts), "seconds": done.seconds}
        )
        return
    proof = "proven shortest" if done.proven else f"at least {done.bound}"
    click.echo(f"{project.name}: {done.cost} ({proof}) after {done.seconds} s")
    for task, start in zip(project.tasks, done.schedule.starts, strict=True):
        click.echo(f"{task.name}: {start}")


VERBS: dict[str, click.Command] = {"plan schedule": schedule}
