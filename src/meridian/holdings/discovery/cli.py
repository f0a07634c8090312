"""Discovery from the shell: a folder of reports."""

import random
from collections.abc import Iterator
from pathlib import Path

import click

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.holdings.discovery.commands import Body, take_in
from meridian.holdings.discovery.contracts import CHANGED, CREATED, QUARANTINED, UNCHANGED
from meridian.holdings.discovery.models import Duplicate, Source
from meridian.holdings.discovery.queries.state import state_of_holdings
from meridian.holdings.discovery.rules.reading import LARGEST_BYTES
from meridian.kernel.console import Fault, json_option, not_known, print_json

ACTOR = system_actor("Import of inventory")
MOST_REASONS = 20


@click.command("inventory")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--source", "code", default="glpi", show_default=True, help="The source whose reports these are."
)
@click.option("--shuffle", type=int, help="Take the files in an order that this number makes.")
@json_option
@needs_database
def import_inventory(folder: Path, *, code: str, shuffle: int | None, as_json: bool) -> None:
    """Take in a folder of inventory reports: JSON of GLPI agents or older XML, plain or compressed.

    The order of the files makes no difference to what is there afterwards, nor does taking them in again.
    """
    files = _files(folder)
    if shuffle is not None:
        random.Random(shuffle).shuffle(files)
    taken = take_in(actor=ACTOR, source=_source(code), bodies=_bodies(files, folder))
    answer = {
        "reports": len(files),
        "items": len(taken.items),
        "created": taken.count(CREATED),
        "changed": taken.count(CHANGED),
        "unchanged": taken.count(UNCHANGED),
        "duplicates": Duplicate.objects.filter(state=Duplicate.State.OPEN).count(),
        "quarantined": taken.count(QUARANTINED),
        "state": state_of_holdings(),
    }
    if as_json:
        print_json({**answer, "reasons": dict(sorted(taken.reasons.items()))})
        return
    click.echo(
        f"{answer['reports']} reports on {answer['items']} items: {answer['created']} created,"
        f" {answer['changed']} changed, {answer['unchanged']} unchanged, {answer['quarantined']} put aside;"
        f" {answer['duplicates']} duplicates to decide."
    )
    for name, reason in sorted(taken.reasons.items())[:MOST_REASONS]:
        click.echo(f"  {name}: {reason}")
    click.echo(f"State {answer['state']}")


def _files(folder: Path) -> list[Path]:
    if not folder.exists():
        raise Fault(f"There is no folder {folder}.", "Name a folder of reports, or one report.")
    if folder.is_file():
        return [folder]
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _bodies(files: list[Path], folder: Path) -> Iterator[Body]:
    for path in files:
        name = path.relative_to(folder).as_posix() if path != folder else path.name
        try:
            with path.open("rb") as file:
                # One byte more than may be: the reader says that it is too much.
                yield Body(name, file.read(LARGEST_BYTES + 1))
        except OSError as fault:
            raise Fault(
                f"{path} can't be read: {fault.strerror}.", "What came before it was taken in."
            ) from fault


def _source(code: str) -> Source:
    found = Source.objects.filter(code=code).first()
    if found is None:
        raise not_known("source", code, Source.objects.values_list("code", flat=True))
    return found


VERBS = {"import inventory": import_inventory}
