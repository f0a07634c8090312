"""The shell's commands on the demo organisation."""

import sys
import time
from typing import Any

import click
from django.db import connection

from meridian.engine.console import needs_database
from meridian.kernel.console import Fault, json_option, print_json
from meridian.site.demo import loading
from meridian.site.demo.roles import GUESTS, PASSWORD
from meridian.site.demoplan.build import DEFAULT_SEED

DEFAULT_SCALE = 0.03


@click.command()
@click.option(
    "--scale",
    type=click.FloatRange(0.0001, 1.0),
    default=DEFAULT_SCALE,
    show_default=True,
    help="Share of a year's 1,146,629 requests.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=DEFAULT_SEED, show_default=True, help="Same seed, same rows."
)
@click.option("--if-empty", is_flag=True, help="Do nothing when the house already holds people.")
@json_option
@needs_database
def load(scale: float, seed: int, if_empty: bool, as_json: bool) -> None:
    """Load the demo organisation into an empty house."""
    answer: dict[str, Any] = {"loaded": False}
    if _holds_people():
        if not if_empty:
            raise Fault(
                "This house already holds people, and the demo organisation needs an empty one.",
                "Point DATABASE_URL at an empty database, or MERIDIAN_VAR at an empty folder.",
            )
    else:
        answer = _load(scale, seed, as_json)
    accounts = [{"username": guest.username, "password": PASSWORD, "what": guest.what} for guest in GUESTS]
    if as_json:
        print_json({**answer, "accounts": accounts})
    else:
        _print(answer, accounts)


def _holds_people() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM people_person) OR EXISTS (SELECT FROM organisation_unit)")
        return bool(cursor.fetchone()[0])


def _load(scale: float, seed: int, as_json: bool) -> dict[str, Any]:
    started = time.monotonic()
    expected = loading.expected_rows(scale)
    with click.progressbar(length=expected, label="Loading the demo", hidden=as_json, file=sys.stderr) as bar:
        try:
            loaded = loading.load(scale, seed, int(time.time()), bar.update)
        except AssertionError as fault:
            raise Fault(
                f"The demo organisation does not add up, so nothing was loaded: {fault}.",
                "Try another --seed, and report this one.",
            ) from fault
        loading.add_papers()
        bar.update(expected)
    with click.progressbar(
        length=expected, label="Making it findable", hidden=as_json, file=sys.stderr
    ) as bar:
        loading.finish(bar.update)
        bar.update(expected)
    return {
        "loaded": True,
        "scale": scale,
        "seed": seed,
        "rows": loaded.rows,
        "items": loaded.items,
        "events": loaded.events,
        "messages": loaded.messages,
        "load_seconds": round(loaded.seconds, 1),
        "seconds": round(time.monotonic() - started, 1),
    }


def _print(answer: dict[str, Any], accounts: list[dict[str, str]]) -> None:
    if answer["loaded"]:
        click.echo(
            f"Loaded {answer['items']:,} requests with {answer['events']:,} events"
            f" among {answer['rows']:,} rows in {answer['seconds']:.0f} s; every published total holds."
        )
    else:
        click.echo("The demo organisation is there already.")
    click.echo(f"Sign in with the password {PASSWORD} as")
    for account in accounts:
        click.echo(f"  {account['username']:<11} {account['what']}")


VERBS = {"demo load": load}
