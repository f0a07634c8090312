"""Commands of the shell on budgets."""

from pathlib import Path

import click

from meridian.engine.console import Fault, json_option, print_json
from meridian.steering.budgets.rules.submission import as_value, check
from meridian.steering.budgets.rules.submission_grid import Unreadable


@click.command("check")
@click.argument("path", metavar="FILE_OR_DIR", type=click.Path(path_type=Path))
@json_option
def check_submission(path: Path, *, as_json: bool) -> None:
    """Add submitted tables again and name each discrepancy, with both values and its place."""
    try:
        findings = check(path)
    except Unreadable as fault:
        raise Fault(str(fault)) from fault
    if as_json:
        print_json({"findings": [as_value(finding) for finding in findings]})
        return
    for finding in findings:
        value = as_value(finding)
        expected = "a figure" if finding.expected is None else value["expected"]
        click.echo(
            f"{finding.file}, line {finding.line}, {finding.row}, {finding.column}: "
            f"{value['stated']} is stated, {expected} is expected ({finding.rule})."
        )
    click.echo(f"Discrepancies: {len(findings)}." if findings else "Everything adds up.")


VERBS: dict[str, click.Command] = {"budgets check": check_submission}
