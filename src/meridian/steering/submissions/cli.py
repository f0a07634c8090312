"""The shell command that checks submitted tables."""

from pathlib import Path

import click

from meridian.kernel.console import Fault, json_option, print_json
from meridian.steering.submissions.rules.checking import Report, as_unread_value, as_value, check
from meridian.steering.submissions.rules.grid import Unreadable

FAULTY = 1


@click.command("check")
@click.argument("path", metavar="FILE_OR_DIR", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def check_submission(context: click.Context, path: Path, *, as_json: bool) -> None:
    """Add submitted tables again; name each discrepancy and each cell that can't be read, with its place.

    Ends with 1 when there is any of either.
    """
    try:
        report = check(path)
    except Unreadable as fault:
        raise Fault(str(fault)) from fault
    if as_json:
        print_json(
            {
                "findings": [as_value(finding) for finding in report.findings],
                "unread": [as_unread_value(cell) for cell in report.unread],
            }
        )
    else:
        _tell(report)
    if not report.is_clean:
        context.exit(FAULTY)


def _tell(report: Report) -> None:
    for finding in report.findings:
        if finding.rule == "number":
            continue  # Named below, among the cells that could not be read.
        value = as_value(finding)
        click.echo(
            f"{finding.file}, line {finding.line}, {finding.row}, {finding.column}: "
            f"{value['stated']} is stated, {value['expected']} is expected ({finding.rule})."
        )
    for cell in report.unread:
        place = f"{cell.file} [{cell.sheet}]" if cell.sheet else cell.file
        place += f", line {cell.line}" + (f", {cell.column}" if cell.column else "")
        click.echo(f"{place}: “{cell.text}” is not read: {cell.why.rstrip('.')}.")
    if report.is_clean:
        click.echo("Everything adds up.")
        return
    click.echo(f"Discrepancies: {sum(one.rule != 'number' for one in report.findings)}.")
    if report.unread:
        click.echo(f"Cells that could not be read, so were not checked: {len(report.unread)}.")


VERBS: dict[str, click.Command] = {"budgets check": check_submission}
