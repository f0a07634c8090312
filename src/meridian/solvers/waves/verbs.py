"""`meridian plan waves`: what moves when."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from meridian.kernel.console import json_option, print_json
from meridian.solvers.scheduling.facade import schedule_within
from meridian.solvers.solving.intake import Record, read_json
from meridian.solvers.solving.limits import limits_from
from meridian.solvers.waves.plan import Move, Plan
from meridian.solvers.waves.plan_file import read_plan
from meridian.solvers.waves.terms import limits_for_plan
from meridian.solvers.waves.translation import Former, Translation
from meridian.solvers.waves.wave_report import wave_report


@click.command("waves")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from", "previous", type=click.Path(path_type=Path), help="A plan printed before, to keep to."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="What began before this day stays as it is.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Limit, start-up included.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the search.")
@click.option("--steps", type=int, help="Deterministic steps: the same answer on every run.")
@json_option
def waves(
    file: Path, previous: Path | None, today: Any, seconds: float, seed: int, steps: int | None, as_json: bool
) -> None:  # fmt: skip
    """Plan which workloads of FILE (.json, see the module's README) move together, how and when."""
    limits = limits_from(seconds, seed, steps)
    plan = read_plan(file)
    former = _former(plan, previous, today.date() if today else plan.first_day)
    translation = Translation(plan, former)
    done = schedule_within(translation.project, limits_for_plan(limits))
    report = wave_report(translation, done, limits)
    if as_json:
        print_json(report)
    else:
        _print(report)


def _former(plan: Plan, path: Path | None, today: date) -> Former:
    """The plan that was printed before, in days of the present one."""
    day = max(0, (today - plan.first_day).days)
    if path is None:
        return Former((), day)
    report = read_json(path)
    return Former(tuple(_former_move(plan, each) for each in report.records("groups")), day)


def _former_move(plan: Plan, record: Record) -> Move:
    days = []
    for name in ("start", "end"):
        try:
            days.append((date.fromisoformat(record.text(name)) - plan.first_day).days)
        except ValueError:
            record.refuse(f"{name!r} should be a date such as 2026-01-31")
    if days[0] < 0:
        record.refuse("began before the first day of this plan", "Keep 'start' as it was.")
    if days[1] < days[0]:
        record.refuse("ends before it begins")
    if days[1] >= plan.horizon_days:
        record.refuse("ends after the last day of this plan", "Raise 'horizon_days'.")
    workloads = record.texts("workloads")
    if not workloads:
        record.refuse("moves nothing")
    return Move(workloads, record.text("method"), days[0], days[1] + 1)


def _print(report: dict[str, Any]) -> None:
    proof = "proven least" if report["proven"] else f"bound {report['bound']}"
    click.echo(f"{report['instance']}: cost {report['objective']} ({proof}) after {report['seconds']} s")
    for term in report["terms"]:
        click.echo(f"{term['name']}: {term['cost']} (by itself at least {term['least']})")
    for row in report["groups"]:
        moves = f"{row['start']} to {row['end']}  {row['method']}  {row['servers']} servers"
        click.echo(f"wave {row['wave']}  {row['name']}: {moves}")
    for change in report["changed"]:
        click.echo(f"changed  {change['name']}: {change['former_start']} to {change['start']}")


VERBS: dict[str, click.Command] = {"plan waves": waves}
