"""Rules from the shell."""

from datetime import datetime

import click
from django.utils import timezone

from meridian.engine.console import needs_database
from meridian.kernel.console import Fault, json_option, not_known, print_json
from meridian.registers.rules.contracts import RuleFault
from meridian.registers.rules.queries import explain, rule_codes


@click.command("explain")
@click.argument("code")
@click.argument("given", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today when left out.")
@json_option
@needs_database
def explain_rule(code: str, given: tuple[str, ...], day: datetime | None, *, as_json: bool) -> None:
    """Work a rule out for some inputs and show every step."""
    if code not in rule_codes():
        raise not_known("rule", code, rule_codes())
    if unread := [text for text in given if "=" not in text]:
        raise Fault(f"“{unread[0]}” gives no input.", "Write inputs as NAME=VALUE.")
    on = day.date() if day else timezone.now().date()
    try:
        answer = explain(code, on, dict(text.split("=", 1) for text in given))
    except RuleFault as fault:
        raise Fault(str(fault)) from fault
    if as_json:
        steps = [
            {"name": step.name, "expression": step.expression, "value": step.value} for step in answer.steps
        ]
        print_json({"value": str(answer.value), "steps": steps})
        return
    for step in answer.steps:
        click.echo(f"{step.name} = {step.value}    ({step.expression})")


VERBS: dict[str, click.Command] = {"rules explain": explain_rule}
