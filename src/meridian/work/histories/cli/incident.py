"""The public incident log from the shell."""

import sys
import time
from dataclasses import asdict
from pathlib import Path

import click

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.kernel.console import Fault, json_option, print_json
from meridian.kernel.event_logs.lines import Totals
from meridian.work.histories.commands import import_log, make_findable
from meridian.work.histories.queries.incident import incident_figures
from meridian.work.histories.rules import NotTheLog, estimated_rows, printed

ACTOR = system_actor("Incident log")
MEND = "Name the log as published: a ZIP with one CSV file in it, or that CSV file; nothing was written."


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@needs_database
def import_incident_log(file: Path, *, as_json: bool) -> None:
    """Replay a desk's whole incident log as work items and events, once."""
    started, used = time.monotonic(), time.process_time()
    counts, is_new = _import(file, as_json)
    load = {"load_seconds": time.monotonic() - started, "load_cpu_seconds": time.process_time() - used}
    if is_new and counts.cases:
        with click.progressbar(
            length=counts.read, label="Making it findable", hidden=as_json, file=sys.stderr
        ) as bar:
            make_findable(bar.update)
            bar.update(counts.read)
    if as_json:
        timed = {name: round(value, 2) for name, value in load.items()}
        print_json({"imported": is_new, **asdict(counts), **timed})
    else:
        click.echo(_sentence(file, counts, is_new))


def _import(file: Path, as_json: bool) -> tuple[Totals, bool]:
    try:
        length = estimated_rows(file)
        with click.progressbar(length=length, label="Replaying", hidden=as_json, file=sys.stderr) as bar:
            answer = import_log(actor=ACTOR, path=file, advance=bar.update)
            bar.update(length)
    except FileNotFoundError as fault:
        raise Fault(f"There is no file {file}.", MEND) from fault
    except NotTheLog as fault:
        raise Fault(str(fault), MEND) from fault
    except OSError as fault:
        raise Fault(f"{file} can't be read: {fault.strerror}.", MEND) from fault
    return answer


def _sentence(file: Path, counts: Totals, is_new: bool) -> str:
    if not is_new:
        return (
            f"{file.name} was imported before, so nothing changed: {counts.cases:,} incidents,"
            f" {counts.loaded:,} rows replayed, {counts.quarantined:,} in quarantine."
        )
    return (
        f"Imported {counts.cases:,} incidents. Of {counts.read:,} rows {counts.loaded:,} were"
        f" replayed, {counts.quarantined:,} stand in quarantine with their reason."
    )


@click.command()
@json_option
@needs_database
def report(as_json: bool) -> None:
    """Compute the public figures of the imported log from the events of its items."""
    found = incident_figures()
    if found is None:
        raise Fault("No incident log has been imported.", "Run `meridian import incident-log FILE` first.")
    values = printed(found)
    if as_json:
        print_json(values)
        return
    for name, value in values.items():
        click.echo(f"{name:<22}{value:>12,}")
