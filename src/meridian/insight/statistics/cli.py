"""Statistics from the shell."""

from dataclasses import asdict

import click

from meridian.engine.console import needs_database
from meridian.insight.statistics.contracts import INDICATORS
from meridian.insight.statistics.facade import statistics
from meridian.kernel.console import json_option, print_json
from meridian.registers.places.contracts import LOCATION_GROUPS


@click.command()
@json_option
@needs_database
def report(as_json: bool) -> None:
    """Recount the nine indicators by location group."""
    rows = statistics()
    if as_json:
        print_json({"rows": [asdict(row) for row in rows]})
        return
    values = {(row.indicator, row.location_group): row.value for row in rows}
    groups = [group for group, _label in LOCATION_GROUPS]
    click.echo("".join([f"{'':<22}", *(f"{group:>14}" for group in groups), f"{'total':>14}"]))
    for indicator in INDICATORS:
        counted = [values[indicator, group] for group in groups]
        click.echo("".join([f"{indicator:<22}", *(f"{value:>14,}" for value in (*counted, sum(counted)))]))


VERBS = {"report statistics": report}
