"""Taking, proving and giving back copies of the whole house from the shell."""

import dataclasses
import datetime
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from meridian.engine.postgres.server import Server
from meridian.engine.recovery.house import House, last_line, this_house
from meridian.engine.recovery.place import Place
from meridian.engine.recovery.returning import Returned, give_back
from meridian.engine.recovery.taking import LONGEST_UNKEPT_MINUTES, Taken, take
from meridian.kernel.console import Fault, json_option, print_json

key_option = click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path),
    help="The file that holds the key, if it isn't in var/backup_key.",
)
name_option = click.option(
    "--backup", "name", help="One backup by its name; without it the newest that serves."
)
at_option = click.option(
    "--at", "at_text", help="An instant such as 2026-11-27T14:05:00+01:00; without a zone it is UTC."
)


def of_one_backup(function: Callable[..., Any]) -> Callable[..., Any]:
    """What names a backup in a place, an instant, and the key: FOLDER [--at] [--backup] [--key] [--json]."""
    folder = click.argument("folder", type=click.Path(path_type=Path))
    for option in (json_option, key_option, name_option, at_option, folder):
        function = option(function)
    return function


@click.command()
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), help="The folder, such as a disk of another machine."
)
@click.option(
    "--keep", default=7, show_default=True, type=click.IntRange(1, 10_000), help="How many backups stay."
)
@json_option
@click.pass_context
def backup(context: click.Context, folder: Path | None, keep: int, as_json: bool) -> None:
    """Copy the whole house into a folder, sealed, and from then on what is written as well.

    Database, attached files, keys and the roots of the trail. `meridian restore` gives back any instant since
    the oldest backup that stayed.
    """
    if folder is None:
        raise Fault("No place is named.", "Say where to: meridian backup --to FOLDER.")
    begun = time.monotonic()
    house = this_house()
    context.find_root().obj.prepare_database()
    taken = take(house, Place(folder), keep=keep)
    if as_json:
        print_json(
            {"place": str(folder), "seconds": round(time.monotonic() - begun, 1), **dataclasses.asdict(taken)}
        )
    else:
        _tell_taken(house, folder, taken)


def _tell_taken(house: House, folder: Path, taken: Taken) -> None:
    backup = taken.backup
    click.echo(
        f"Backup {backup.name} is in {folder}: {backup.database_bytes:,} bytes of database,"
        f" {backup.files:,} files ({taken.new_files:,} new)."
    )
    click.echo(
        f"What is written from now on follows within {LONGEST_UNKEPT_MINUTES} minutes, while the worker runs."
    )
    if taken.removed_backups:
        click.echo(f"Removed: {taken.removed_backups} older backups.")
    if house.key_file.exists():
        click.echo(f"Only the key in {house.key_file} opens it: keep a copy of that file on another machine.")


@click.command()
@of_one_backup
@click.pass_context
def restore(
    context: click.Context,
    folder: Path,
    at_text: str | None,
    name: str | None,
    key_file: Path | None,
    as_json: bool,
) -> None:
    """Give an empty house what a folder of backups holds, up to an instant or to the last that was kept."""
    begun = time.monotonic()
    house, place, at = this_house(), Place(folder), _instant(at_text)
    returned = give_back(house, place, house.key(key_file), place.chosen(name, at), at)
    house.server.stop()
    if as_json:
        print_json({**_told(returned), "seconds": round(time.monotonic() - begun, 1)})
    else:
        click.echo(f"Given back from backup {returned.backup.name}, with {returned.files:,} files.")
        click.echo(f"The last commit that is there again is of {_text(returned.reached_at)}.")
        click.echo("Start with `meridian up`, then prove the trail with `meridian audit verify`,")
        click.echo("and take a backup: until then nothing that is written is kept elsewhere.")


@click.command()
@of_one_backup
@click.pass_context
def verify(
    context: click.Context,
    folder: Path,
    at_text: str | None,
    name: str | None,
    key_file: Path | None,
    as_json: bool,
) -> None:
    """Prove that a backup can be given back, by doing so in a folder of its own, which is removed again.

    PostgreSQL compares each file of its copy, every attached file is read, and the audit trail is proved.
    """
    begun = time.monotonic()
    house, place, at = this_house(), Place(folder), _instant(at_text)
    key, chosen = house.key(key_file), place.chosen(name, at)
    with tempfile.TemporaryDirectory(prefix="rehearsal.", dir=_folder_for_rehearsals(house)) as beside:
        var = Path(beside)
        rehearsal = House(var, var / "files", var / "trail", Server(var / "postgres"))
        try:
            returned = give_back(rehearsal, place, key, chosen, at)
            missing = _missing_files(rehearsal)
            trail = _prove_trail(var)
        finally:
            rehearsal.server.stop()
    is_whole = not missing and not trail
    if as_json:
        told = {"missing_files": missing, "trail": trail, "whole": is_whole}
        print_json({**_told(returned), **told, "seconds": round(time.monotonic() - begun, 1)})
    else:
        _tell_proved(returned, missing, trail)
    if not is_whole:
        context.exit(1)


def _folder_for_rehearsals(house: House) -> Path:
    house.var.mkdir(parents=True, exist_ok=True)
    return house.var


def _missing_files(house: House) -> list[str]:
    """The files that rows name and the place doesn't hold."""
    with house.connect() as session:
        there = session.execute("SELECT to_regclass('attachments_storedfile')").fetchone()
        if there == (None,):
            return []
        digests = [
            str(row[0]) for row in session.execute("SELECT digest FROM attachments_storedfile ORDER BY id")
        ]
    return [digest for digest in digests if not (house.files / digest[:2] / digest[2:4] / digest).is_file()]


def _prove_trail(var: Path) -> str:
    """What another program accuses the trail of a house that was given back of; "" when it is whole."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MERIDIAN_TRAIL_ROOTS", "DATABASE_URL"}
    }
    answer = subprocess.run(
        [sys.executable, "-m", "meridian", "audit", "verify"],
        env={**environment, "MERIDIAN_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    return last_line(answer.stderr or answer.stdout) if answer.returncode else ""


def _tell_proved(returned: Returned, missing: list[str], trail: str) -> None:
    click.echo(
        f"Backup {returned.backup.name} was given back up to {_text(returned.reached_at)},"
        f" with {returned.files:,} files."
    )
    for digest in missing[:20]:
        click.echo(f"Missing: the file {digest}.", err=True)
    if len(missing) > 20:
        click.echo(f"{len(missing) - 20:,} more files are missing: --json tells all of them.", err=True)
    click.echo(trail or "The audit trail is whole.", err=bool(trail))


def _told(returned: Returned) -> dict[str, object]:
    return {
        "backup": dataclasses.asdict(returned.backup),
        "reached_at": _text(returned.reached_at),
        "files": returned.files,
    }


def _text(instant: datetime.datetime | None) -> str:
    return instant.astimezone(datetime.UTC).isoformat() if instant else "the backup itself"


def _instant(text: str | None) -> datetime.datetime | None:
    if text is None:
        return None
    try:
        instant = datetime.datetime.fromisoformat(text)
    except ValueError as fault:
        raise Fault(f"{text} is no instant.", "Write it as 2026-11-27T14:05:00+01:00.") from fault
    return instant if instant.tzinfo else instant.replace(tzinfo=datetime.UTC)


VERBS = {"backup": backup, "backup verify": verify, "restore": restore}
