"""Rosters on the command line."""

from datetime import datetime
from pathlib import Path

import click

from meridian.engine.commands import Refusal
from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.kernel.console import Fault, json_option, not_known, print_json
from meridian.work.shifts.commands.taking_over import take_over as take_over_roster
from meridian.work.shifts.models import Hub, Rotation, Shift


@click.command("take-over")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--hub", "code", required=True, help="Code of the hub whose roster it becomes.")
@click.option("--from", "starts_on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="A Monday.")
@click.option("--plan", default="", help="One of the plans of the file, such as regional_hubs.")
@click.option("--pool", default="", help="One of the pools of the plan.")
@json_option
@needs_database
def take_over(file: Path, code: str, starts_on: datetime, plan: str, pool: str, as_json: bool) -> None:
    """Take a roster of `meridian plan desks --rosters --json` over as rotations and shifts of a hub."""
    hub = Hub.objects.filter(code=code).first()
    if hub is None:
        raise not_known("hub", code, Hub.objects.values_list("code", flat=True))
    given = file.read_text(encoding="utf-8", errors="replace")
    try:
        take_over_roster(
            actor=system_actor("Shell"),
            row=hub,
            roster=given,
            starts_on=starts_on.date(),
            plan=plan,
            pool=pool,
        )
    except Refusal as refusal:
        raise Fault(str(refusal)) from refusal
    answer = {
        "hub": hub.code,
        "rotations": Rotation.objects.filter(team=hub.team_id, starts_on=starts_on.date()).count(),
        "shifts": Shift.objects.filter(team=hub.team_id, start_at__gte=starts_on.astimezone()).count(),
    }
    if as_json:
        print_json(answer)
    else:
        click.echo(f"{answer['rotations']} rotations and {answer['shifts']} shifts of {hub.code}.")


VERBS = {"shifts take-over": take_over}
