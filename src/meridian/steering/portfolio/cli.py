"""Commands of the shell on the portfolio."""

from pathlib import Path
from typing import Any

import click

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.kernel.console import Fault, json_option, print_json
from meridian.solvers.selection.facade import Problem, read_problem, select
from meridian.steering.portfolio.queries import selection_problem


@needs_database
def _from_rows() -> Problem:
    problem = selection_problem(system_actor("meridian portfolio select"))
    if not problem.choices:
        raise Fault("No proposal has an option with lines yet.", "Write one down, or give --file FILE.json.")
    return problem


@click.command("select")
@click.option("--file", "path", type=click.Path(path_type=Path), help="Choose from a JSON file instead.")
@click.option("--seconds", default=30.0, show_default=True, help="How long it may take.")
@click.option("--points", default=24, show_default=True, help="How finely the frontier is drawn.")
@json_option
def select_portfolio(path: Path | None, seconds: float, points: int, *, as_json: bool) -> None:
    """Choose the most valuable portfolio under the ceilings, with its proof, prices and frontier."""
    if points < 1:
        raise Fault(f"{points} points draw no frontier.", "Give --points 1 or more.")
    problem = read_problem(path) if path else _from_rows()
    answer = select(problem, seconds=seconds, points=points)
    if as_json:
        print_json(answer)
        return
    for line in _lines(answer):
        click.echo(line)


def _lines(answer: dict[str, Any]) -> list[str]:
    names = ", ".join(f"{row['project']} ({row['option']})" for row in answer["taken"]) or "nothing"
    lines = [
        f"Take {names}.",
        f"Value {answer['value']}, bound {answer['bound']}, {answer['status']}; cost {answer['cost']}.",
    ]
    lines += [f"Left out: {', '.join(answer['left_out'])}."] if answer["left_out"] else []
    for limit in answer["limits"]:
        if float(limit["price"]) > 0:
            place = "/".join(limit[key] for key in ("fund", "object", "skill", "period") if key in limit)
            lines.append(f"One more of {place} would add {limit['price']}.")
    return lines


VERBS: dict[str, click.Command] = {"portfolio select": select_portfolio}
