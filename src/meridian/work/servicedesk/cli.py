"""The service desk on the command line."""

import time

import click

from meridian.engine.console import needs_database
from meridian.kernel.console import Fault, json_option, print_json
from meridian.work.servicedesk.facade import check_folds


@click.command()
@click.option("--items", default=10_000, show_default=True, help="How many items to check, picked at random.")
@json_option
@needs_database
def refold(items: int, as_json: bool) -> None:
    """Fold items anew from their events and compare them with what is stored."""
    began = time.perf_counter()
    checked, differences = check_folds(items)
    answer = {
        "items": checked,
        "differences": len(differences),
        "first": [
            {
                "number": found.number,
                "column": found.column,
                "stored": str(found.stored),
                "folded": str(found.folded),
            }
            for found in differences[:20]
        ],
        "seconds": round(time.perf_counter() - began, 2),
    }
    if as_json:
        print_json(answer)
    if differences:
        raise Fault(
            f"{len(differences)} columns of {checked} items differ from their events, the first of them "
            f"{differences[0].column} of {differences[0].number}.",
            "Run `meridian audit verify`: somebody wrote past the commands.",
        )
    if not as_json:
        click.echo(f"{checked} items are what their events say.")


VERBS = {"desk refold": refold}
