"""Logs of other desks from the shell."""

import click

from meridian.work.histories.cli.desk import import_event_log, report_flow
from meridian.work.histories.cli.incident import import_incident_log, report

VERBS: dict[str, click.Command] = {
    "import incident-log": import_incident_log,
    "report incident-log": report,
    "import event-log": import_event_log,
    "report flow": report_flow,
}
