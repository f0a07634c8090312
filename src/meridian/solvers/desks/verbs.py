"""`meridian plan erlang` and `meridian plan desks`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from meridian.kernel.console import Fault, json_option, print_json
from meridian.solvers.desks.demand import read_demand
from meridian.solvers.desks.erlang import MODELS, Queue, QueueFault
from meridian.solvers.desks.settings import Promise, Settings, WorkYear
from meridian.solvers.solving.worker import limits_from, run

SECONDS_PER_HOUR = 3600.0
MOST_AGENTS = 100_000


@click.command("erlang")
@click.option(
    "--model", type=click.Choice(sorted(MODELS)), required=True, help="b, c, a (patience), x (redials)."
)
@click.option("--arrival-rate", type=float, required=True, help="Contacts per hour.")
@click.option("--service-rate", type=float, required=True, help="Contacts one agent finishes per hour.")
@click.option("--agents", type=click.IntRange(1, MOST_AGENTS), required=True)
@click.option("--patience-rate", type=float, help="Leavings per hour of one waiting person (models a, x).")
@click.option("--retry-probability", type=float, help="Share of those lost who call again (model x).")
@click.option(
    "--lines", type=click.IntRange(1, MOST_AGENTS), help="Most contacts inside at once (models a, x)."
)
@click.option(
    "--target-seconds", type=float, default=30.0, show_default=True, help="Answered within this long."
)
@json_option
def erlang(model: str, target_seconds: float, as_json: bool, **figures: Any) -> None:
    """Waiting, leaving and service level of one line, in closed form.

    Rates are per hour; the average wait is in seconds; figures a model does not define are null.
    """
    _require_belonging(model, figures)
    queue = Queue(
        arrival_rate=figures["arrival_rate"],
        service_rate=figures["service_rate"],
        agents=figures["agents"],
        patience_rate=figures["patience_rate"] or 0.0,
        target=target_seconds / SECONDS_PER_HOUR,
        retry_probability=figures["retry_probability"] or 0.0,
        lines=figures["lines"],
    )
    try:
        answer = MODELS[model](queue)
    except QueueFault as fault:
        raise Fault(str(fault)) from None
    wait = answer.average_wait
    printed = {
        "model": model,
        "agents": queue.agents,
        "arrival_rate": queue.arrival_rate,
        "service_rate": queue.service_rate,
        "patience_rate": figures["patience_rate"],
        "retry_probability": figures["retry_probability"],
        "target_seconds": target_seconds,
        **vars(answer),
        "average_wait": None if wait is None else wait * SECONDS_PER_HOUR,
        "units": {"rates": "per hour", "average_wait": "seconds"},
    }
    if as_json:
        print_json(printed)
        return
    for name, value in printed.items():
        if value is not None and name != "units":
            click.echo(
                f"{name.replace('_', ' '):24} {value:.8g}"
                if isinstance(value, float)
                else f"{name:24} {value}"
            )


def _require_belonging(model: str, figures: dict[str, Any]) -> None:
    """Each figure belongs to some models; one too many or too few is a fault, never silently dropped."""
    if model in "ax" and figures["patience_rate"] is None:
        raise Fault(f"Model {model} needs to know how fast people leave.", "Give --patience-rate.")
    if model == "x" and figures["retry_probability"] is None:
        raise Fault("Model x needs to know how many call again.", "Give --retry-probability.")
    for name, models in (("patience_rate", "ax"), ("retry_probability", "x"), ("lines", "ax")):
        if figures[name] is not None and model not in models:
            raise Fault(
                f"Model {model} knows no --{name.replace('_', '-')}.", "Leave it out or choose another model."
            )


@click.command("desks")
@click.option("--demand", type=click.Path(path_type=Path), required=True, help="CSV: one week of demand.")
@click.option(
    "--target-share",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.8,
    show_default=True,
)
@click.option("--target-seconds", type=click.FloatRange(0, 86_400), default=30.0, show_default=True)
@click.option("--patience-seconds", type=click.FloatRange(1, 86_400), default=360.0, show_default=True)
@click.option("--handling-variation", type=click.FloatRange(0.05, 5), default=1.0, show_default=True)
@click.option(
    "--hubs", type=click.IntRange(1, 24), default=3, show_default=True, help="Regional hubs to choose."
)
@click.option("--shrinkage", type=click.FloatRange(0, 0.9), default=0.1, show_default=True)
@click.option("--observed-weeks", type=click.FloatRange(1, 5_000), default=52.0, show_default=True)
@click.option("--week-of", type=click.DateTime(["%Y-%m-%d"]), default="2026-01-05", show_default=True)
@click.option(
    "--replications", type=click.IntRange(2, 1_000), default=20, show_default=True, help="Years played."
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--rosters", is_flag=True, help="A roster of one week for every group of agents, too.")
@click.option("--seconds", type=float, default=180.0, show_default=True, help="Stop after this long.")
@json_option
def desks(demand: Path, week_of: datetime, seconds: float, as_json: bool, **options: Any) -> None:
    """Compare separate desks, regional hubs and one virtual desk.

    The file has a line for each site, zone, language and hour of the local week (0 is Monday 00:00) with mean
    contacts and handling minutes. Zones count as they stand in the week of --week-of.
    """
    limits = limits_from(seconds, options["seed"])
    reference_week = week_of.replace(tzinfo=UTC).date()
    settings = Settings(
        promise=Promise(options["target_share"], options["target_seconds"], options["patience_seconds"]),
        year=WorkYear(shrinkage=options["shrinkage"]),
        hubs=options["hubs"],
        seed=options["seed"],
        replications=options["replications"],
        handling_variation=options["handling_variation"],
        observed_weeks=options["observed_weeks"],
        reference_week=reference_week.isoformat(),
        rosters=options["rosters"],
    )
    job = (read_demand(demand, reference_week), settings)
    outcome = run("meridian.solvers.desks", job, limits, show_progress=not as_json)
    printed = {**outcome.solution, "seconds": outcome.seconds, "interrupted": outcome.interrupted}
    if as_json:
        print_json(printed)
        return
    _print_plans(printed)


def _print_plans(printed: dict[str, Any]) -> None:
    click.echo(f"{'plan':16} {'agents':>22} {'occupancy':>10} {'in time':>8} {'left':>7} {'seats':>6}")
    for plan in printed["plans"]:
        agents = plan["agents"]
        interval = f"({agents['low']:.1f} to {agents['high']:.1f})"
        click.echo(
            f"{plan['plan'].replace('_', ' '):16} {agents['value']:8.0f} {interval}"
            f" {plan['occupancy']['value']:10.1%} {plan['service_level']['value']:8.1%}"
            f" {plan['abandonment']['value']:7.1%} {plan['seats']:6}"
        )
    for plan, freed in printed["posts_freed"].items():
        low, high = freed["low"]["value"], freed["high"]["value"]
        click.echo(f"{plan.replace('_', ' ')} free {low:.0f} to {high:.0f} posts.")
    for plan, roster in printed.get("rosters", {}).items():
        kept = "every rest rule kept" if roster["rules_kept"] else "REST RULES BROKEN"
        click.echo(f"{plan.replace('_', ' ')}: {roster['people']} people on the roster, {kept}.")


VERBS = {"plan erlang": erlang, "plan desks": desks}
