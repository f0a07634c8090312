"""Takes a base backup, and from then on keeps what PostgreSQL writes."""

import datetime
import io
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg

from meridian.engine.postgres.server import USER
from meridian.engine.recovery.following import folder_of_pieces, follow, handing_over, keep_files
from meridian.engine.recovery.house import KEYS, House, last_line, program, set_lasting
from meridian.engine.recovery.place import NAMED, Backup, Place, piece_name, position, write_whole
from meridian.engine.recovery.sealing import SUFFIX, Sealed, seal
from meridian.kernel.console import Fault

# However little happens, PostgreSQL ends a piece after this time; the worker takes it within half a minute.
PIECE_SECONDS = 60
LONGEST_UNKEPT_MINUTES = 2
PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.1


@dataclass(frozen=True)
class Taken:
    """A backup that is whole, and what was put into the place beside it."""

    backup: Backup
    new_files: int
    removed_backups: int


def take(house: House, place: Place, *, keep: int) -> Taken:
    """Put a copy of everything into the place, whose `keep` newest backups stay.

    The database is copied before the files: a file is there before its row is. What is written from now
    on follows within minutes (`LONGEST_UNKEPT_MINUTES`), until backups are taken to another place.
    """
    with house.alone(waits=True):
        return _taken(house, place, keep)


def _taken(house: House, place: Place, keep: int) -> Taken:
    recipient = house.recipient()
    place.begin(house.database_mark(), recipient)
    _keep_what_is_written(house, place)
    started = datetime.datetime.now(datetime.UTC)
    name = started.strftime(NAMED)
    folder = place.folder_of(name)
    with house.connect() as session:
        first = _segment(session)
        base = _base(house, folder, recipient)
        _wait_until_kept(house, session, place)
        postgresql = session.info.server_version
    kept = _keys_and_roots(house, folder, recipient)
    new_files, files = keep_files(house, place, recipient)
    backup = Backup(
        name=name,
        started_at=started.isoformat(timespec="seconds"),
        ended_at=datetime.datetime.now(datetime.UTC).isoformat(),
        first_wal=first,
        meridian=version("meridian"),
        postgresql=str(postgresql),
        database_bytes=base.size_bytes,
        database_digest=base.digest,
        kept_bytes=kept.size_bytes,
        kept_digest=kept.digest,
        files=files,
    )
    place.finish(backup)
    return Taken(backup, new_files, _forget(place, keep))


def _keep_what_is_written(house: House, place: Place) -> None:
    """Let PostgreSQL hand over what it has written."""
    folder = folder_of_pieces(house)
    folder.mkdir(exist_ok=True, mode=0o700)
    house.server.give(folder)
    write_whole(house.place_file, f"{place.folder}\n")
    values = {"archive_command": handing_over(folder), "archive_timeout": f"{PIECE_SECONDS}s"}
    with house.connect() as session:
        set_lasting(session, dict(values))


def _segment(session: psycopg.Connection) -> str:
    row = session.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchone()
    return str(row[0]) if row else ""


def _base(house: House, folder: Path, recipient: str) -> Sealed:
    """The database as one stream, which is nowhere on a disk unsealed."""
    words = [
        program("pg_basebackup"),
        "-h",
        str(house.server.socket_folder),
        "-U",
        USER,
        "-D",
        "-",
        "-F",
        "tar",
    ]
    words += ["-X", "fetch", "--checkpoint=fast", "--no-password"]
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=told) as copying,
    ):
        assert copying.stdout is not None
        sealed = seal(copying.stdout, folder / f"base{SUFFIX}", recipient)
        if copying.wait():
            (folder / f"base{SUFFIX}").unlink()
            told.seek(0)
            raise Fault("The database could not be copied.", last_line(told.read().decode(errors="replace")))
    return sealed


def _wait_until_kept(house: House, session: psycopg.Connection, place: Place) -> None:
    """Everything up to now is in the place: without it the copy could not be made whole."""
    session.execute("SELECT pg_create_restore_point('backup')")
    ended = _segment(session)
    session.execute("SELECT pg_switch_wal()")
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not any(piece_name(path) == ended for path in place.kept_wal(ended)):
        if time.monotonic() > give_up_at:
            raise Fault(
                f"PostgreSQL could not put {ended} into {folder_of_pieces(house)}.",
                f"Its log says what went wrong: {house.server.log}.",
            )
        time.sleep(PAUSE_SECONDS)
        follow(house)


def _keys_and_roots(house: House, folder: Path, recipient: str) -> Sealed:
    """The keys without which nobody signs in again, and the roots that prove the trail."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for path, name in _kept(house):
            archive.add(path, name)
    content.seek(0)
    return seal(content, folder / f"kept{SUFFIX}", recipient)


def _kept(house: House) -> Iterator[tuple[Path, str]]:
    for name in KEYS:
        if (house.var / name).is_file():
            yield house.var / name, name
    for path in sorted(house.trail.glob("*")) if house.trail.is_dir() else ():
        if path.is_file():
            yield path, f"trail/{path.name}"


def _forget(place: Place, keep: int) -> int:
    """Remove the oldest backups, and what was written before the oldest that stays."""
    known = place.backups()
    gone = known[:-keep]
    for backup in gone:
        folder = place.folder_of(backup.name)
        # The mark goes first: what is half removed is no backup.
        for path in sorted(folder.iterdir(), key=lambda path: path.name != "backup.json"):
            path.unlink()
        folder.rmdir()
    oldest = known[len(gone)].first_wal
    for path in list(place.kept_wal()):
        name = piece_name(path)
        if not name.endswith(".history") and position(name) < position(oldest):
            path.unlink()
    return len(gone)
