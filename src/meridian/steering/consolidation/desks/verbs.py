"""`meridian plan erlang` and `meridian plan desks`."""

import click

from meridian.engine.console import Fault, json_option, print_json
from meridian.steering.consolidation.desks.erlang import MODELS, Queue, QueueFault

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
def erlang(model: str, target_seconds: float, as_json: bool, **figures: float | None) -> None:
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


def _require_belonging(model: str, figures: dict[str, float | int | None]) -> None:
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


VERBS = {"plan erlang": erlang}
