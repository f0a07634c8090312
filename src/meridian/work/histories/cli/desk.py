"""Any desk's log from the shell: taking it in by a mapping, and its flow figures."""

import time
from dataclasses import asdict
from pathlib import Path

import click

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.kernel.console import Fault, json_option, not_known, print_json
from meridian.kernel.event_logs.faults import NotAMapping, NotTheLog
from meridian.kernel.event_logs.mapping import LogMapping, read_mapping
from meridian.work.histories.commands import Taken, check_log, make_cases_findable, take_in
from meridian.work.histories.queries.flow import flow, log_called, names_of_logs
from meridian.work.histories.rules.flow import printed_flow

ACTOR = system_actor("Import of logs")
MAPPINGS = Path(__file__).parent.parent / "mappings"
NOTHING = "Nothing was written."
MOST_REASONS = 10


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping", "mapping_path", required=True, help="A mapping in YAML, or the name of one that is shipped."
)
@click.option("--name", default="", help="The name of the log; else that of its file.")
@click.option("--check", is_flag=True, help="Read it all, tell what would become of it, and write nothing.")
@json_option
@needs_database
def import_event_log(file: Path, *, mapping_path: str, name: str, check: bool, as_json: bool) -> None:
    """Take in another desk's log (CSV or XES; plain, .gz, .xz or .zip) as items with their histories."""
    mapping = _mapping(mapping_path)
    started, used = time.monotonic(), time.process_time()
    taken = _taken(file, mapping, name, check)
    load = {"load_seconds": time.monotonic() - started, "load_cpu_seconds": time.process_time() - used}
    if taken.is_new and (taken.totals.cases or taken.grown):
        make_cases_findable(taken.totals.cases + taken.grown)
    if as_json:
        timed = {key: round(value, 2) for key, value in load.items()}
        said = {"log": taken.log, "imported": taken.is_new, **asdict(taken.totals)}
        print_json(said | {"grown": taken.grown, "reasons": taken.reasons} | timed)
    else:
        click.echo(_sentence(file, taken, check))


@click.command()
@click.option("--log", "name", default="", help="The name of a log; the last one without it.")
@json_option
@needs_database
def report_flow(name: str, *, as_json: bool) -> None:
    """Print how the cases of an imported log flowed; shares are in per cent of the cases."""
    log = log_called(name)
    if log is None:
        names = names_of_logs()
        if names:
            raise not_known("log", name, names)
        raise Fault(
            "No log has been imported.", "Run `meridian import event-log FILE --mapping MAP.yaml` first."
        )
    values = printed_flow(flow(log))
    if as_json:
        print_json(values)
        return
    for key, value in values.items():
        click.echo(f"{key:<20}{'' if value is None else value:>24}")


def _mapping(text: str) -> LogMapping:
    path = Path(text)
    if not path.exists():
        shipped = {one.stem: one for one in MAPPINGS.glob("*.yaml")}
        if text not in shipped:
            raise not_known("mapping", text, shipped)
        path = shipped[text]
    try:
        return read_mapping(path)
    except NotAMapping as fault:
        raise Fault(str(fault), NOTHING) from fault
    except OSError as fault:
        raise Fault(f"{path} can't be read: {fault.strerror}.", NOTHING) from fault


def _taken(file: Path, mapping: LogMapping, name: str, check: bool) -> Taken:
    try:
        if check:
            return check_log(file, mapping)
        return take_in(actor=ACTOR, path=file, mapping=mapping, name=name)
    except FileNotFoundError as fault:
        raise Fault(f"There is no file {file}.", NOTHING) from fault
    except NotTheLog as fault:
        raise Fault(str(fault), NOTHING) from fault
    except OSError as fault:
        raise Fault(f"{file} can't be read: {fault.strerror}.", NOTHING) from fault


def _sentence(file: Path, taken: Taken, check: bool) -> str:
    totals = taken.totals
    grown = f" and {taken.grown:,} that were here and tell more now" if taken.grown else ""
    counted = (
        f"{totals.cases:,} cases{grown}; of {totals.read:,} lines {totals.loaded:,} loaded,"
        f" {totals.quarantined:,} in quarantine."
    )
    if check:
        begun = f"{file.name} would give"
    elif taken.is_new:
        begun = f"The log {taken.log} was taken in:"
    else:
        begun = f"{file.name} was imported before with this mapping, so nothing changed:"
    reasons = sorted(taken.reasons.items(), key=lambda one: -one[1])
    told = [f"  {count:>9,}  {reason}" for reason, count in reasons[:MOST_REASONS]]
    if len(reasons) > MOST_REASONS:
        told.append(f"  and {len(reasons) - MOST_REASONS:,} other reasons.")
    return "\n".join([f"{begun} {counted}", *told])
