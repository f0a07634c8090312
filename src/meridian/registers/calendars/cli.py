"""Working time on the command line."""

from datetime import date

import click

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.kernel.console import Fault, json_option, not_known, print_json
from meridian.registers.calendars.commands import observe_holidays
from meridian.registers.calendars.models import Calendar


@click.command()
@click.argument("calendar")
@click.option("--year", type=int, help="The year; without it, the present one.")
@json_option
@needs_database
def holidays(calendar: str, year: int | None, as_json: bool) -> None:
    """Close CALENDAR (its code) on the public holidays of its country; days already kept stay."""
    row = Calendar.objects.select_related("country").filter(code=calendar).first()
    if row is None:
        raise not_known("calendar", calendar, Calendar.objects.values_list("code", flat=True))
    if row.country is None:
        raise Fault(f"{calendar} has no country.", "Say of which one it keeps the public holidays.")
    wanted = year or date.today().year  # noqa: DTZ011 - the year of whoever asks
    made = observe_holidays(actor=system_actor("meridian calendars holidays"), calendar=row, year=wanted)
    if as_json:
        print_json([{"on": day.on.isoformat(), "name": day.name} for day in made])
        return
    for day in made:
        click.echo(f"{day.on.isoformat()} {day.name}")
    click.echo(f"{calendar} is closed on {len(made)} more days of {wanted}.")


VERBS: dict[str, click.Command] = {"calendars holidays": holidays}
