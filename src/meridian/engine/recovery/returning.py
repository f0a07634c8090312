"""Gives back what was: the database at an instant, the files, the keys."""

import contextlib
import datetime
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from meridian.engine.recovery.house import KEYS, House, program, run, set_lasting
from meridian.engine.recovery.place import Backup, Place, piece_name
from meridian.engine.recovery.sealing import SUFFIX, digest_of, opened
from meridian.kernel.console import Fault

PATIENCE_SECONDS = 3_600
PAUSE_SECONDS = 0.1
BEFORE_THE_INSTANT = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True)
class Returned:
    """What was given back, and up to which instant (UTC): that of the last commit that is there again."""

    backup: Backup
    reached_at: datetime.datetime | None
    files: int


def give_back(house: House, place: Place, key: str, backup: Backup, at: datetime.datetime | None) -> Returned:
    """Bring an empty house to what the place holds up to the instant, or up to the last that was kept.

    The house's database is running afterwards, and puts nothing into the place until a backup is taken.
    When something goes wrong nothing of it stays.
    """
    _refuse_a_house(house)
    house.server.base.mkdir(parents=True, exist_ok=True)
    with _written_since(house, place, key, backup) as pieces, _begun(house):
        _unpack_database(house, place, key, backup)
        _ask_for_recovery(house, pieces, at)
        reached = _recover(house, at)
    _unpack_kept(house, place, key, backup)
    return Returned(backup, reached, _unpack_files(house, place, key))


def verify_base(house: House) -> None:
    """Let PostgreSQL compare each file of an unpacked copy with the sums that it was sent with."""
    run(
        [program("pg_verifybackup"), "--exit-on-error", "--no-parse-wal", str(house.server.data)],
        "The copy of the database is not what was copied.",
    )


def _refuse_a_house(house: House) -> None:
    if house.server.data.exists():
        raise Fault(
            f"There is a database in {house.server.data}.",
            "Stop Meridian and move that folder aside, or set MERIDIAN_VAR to an empty folder.",
        )


@contextmanager
def _begun(house: House) -> Iterator[None]:
    try:
        yield
    except BaseException:
        house.server.stop()
        for name in ("data", "data.copy"):
            shutil.rmtree(house.server.base / name, ignore_errors=True)
        raise


@contextmanager
def _written_since(house: House, place: Place, key: str, backup: Backup) -> Iterator[Path]:
    """A folder of what was written since the backup began, for as long as the block."""
    folder = house.server.base / "written_since"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        for path in place.kept_wal(backup.first_wal):
            with opened(path, key) as source, (folder / piece_name(path)).open("wb") as target:
                shutil.copyfileobj(source, target, 1_000_000)
        for path in (folder, *folder.iterdir()):
            house.server.give(path)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack_database(house: House, place: Place, key: str, backup: Backup) -> None:
    sealed = place.folder_of(backup.name) / f"base{SUFFIX}"
    _refuse_altered(sealed, backup.database_digest)
    copy = house.server.base / "data.copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(mode=0o700)
    with opened(sealed, key) as source, tarfile.open(fileobj=source, mode="r|") as archive:
        # Python's own filter too, where there is one: 3.11 has it from 3.11.4 on.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        for member in archive:
            _refuse_odd(member)
            # Whoever owned it where it was copied is nobody here.
            member.uid, member.gid, member.uname, member.gname = os.geteuid(), os.getegid(), "", ""
            archive.extract(member, copy)
    house.server.take_in(copy)
    verify_base(house)


def _refuse_odd(member: tarfile.TarInfo) -> None:
    """Let nothing be unpacked but files and folders that lie below the folder."""
    is_below = not member.name.startswith("/") and ".." not in Path(member.name).parts
    if not is_below or not (member.isfile() or member.isdir()):
        raise Fault(f"The copy holds {member.name}, which is no file of a database.", "Take another backup.")


def _refuse_altered(path: Path, digest: str) -> None:
    if not path.is_file() or digest_of(path) != digest:
        raise Fault(f"{path} is missing, or not what was written.", "Choose another backup with --backup.")


def _ask_for_recovery(house: House, pieces: Path, at: datetime.datetime | None) -> None:
    lines = [
        f'restore_command = \'cp "{pieces}/%f" "%p"\'',
        "recovery_target_action = 'promote'",
        "archive_command = 'true'",
    ]
    if at is not None:
        lines.append(f"recovery_target_time = '{at.isoformat()}'")
    with (house.server.data / "postgresql.auto.conf").open("a") as file:
        file.write("".join(f"{line}\n" for line in lines))
    signal = house.server.data / "recovery.signal"
    signal.touch()
    house.server.give(signal)


def _recover(house: House, at: datetime.datetime | None) -> datetime.datetime | None:
    try:
        house.server.start()
        reached = _wait_until_recovered(house)
    except Fault as fault:
        if at is not None and BEFORE_THE_INSTANT in house.server.log.read_text(errors="replace"):
            raise Fault(
                f"What was kept ends before {at.isoformat()}.",
                "Name an earlier instant, or leave --at out for the last that was kept.",
            ) from fault
        raise
    with house.connect("postgres") as session:
        forgotten = ("restore_command", "recovery_target_action", "recovery_target_time", "archive_timeout")
        set_lasting(session, dict.fromkeys(forgotten))
    return reached


def _wait_until_recovered(house: House) -> datetime.datetime | None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    reached = None
    while time.monotonic() < give_up_at:
        if not house.server.is_running():
            raise Fault("PostgreSQL ended while it recovered.", f"Its log is {house.server.log}.")
        # A server that ends is noticed above, the next time.
        with contextlib.suppress(psycopg.OperationalError):
            is_recovering, replayed = _recovering(house)
            reached = replayed or reached
            if not is_recovering:
                return reached
        time.sleep(PAUSE_SECONDS)
    raise Fault(
        f"The database did not recover within {PATIENCE_SECONDS} seconds.", f"Its log is {house.server.log}."
    )


def _recovering(house: House) -> tuple[bool, datetime.datetime | None]:
    """Whether the server recovers still, and of when the last commit is that it has carried out again."""
    with house.connect("postgres") as session:
        row = session.execute("SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp()").fetchone()
    assert row is not None
    return row[0], row[1]


def _unpack_kept(house: House, place: Place, key: str, backup: Backup) -> None:
    """Put keys and roots where there are none; a house that has roots keeps them, for they prove more."""
    sealed = place.folder_of(backup.name) / f"kept{SUFFIX}"
    _refuse_altered(sealed, backup.kept_digest)
    had_roots = house.trail.is_dir() and any(house.trail.iterdir())
    with opened(sealed, key) as source, tarfile.open(fileobj=source, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                continue
            folder, _slash, name = member.name.rpartition("/")
            if folder == "trail" and not had_roots:
                target = house.trail / Path(name).name
            elif not folder and name in KEYS:
                target = house.var / name
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.unlink(missing_ok=True)
            target.touch(0o600)
            target.write_bytes(content.read())


def _unpack_files(house: House, place: Place, key: str) -> int:
    """Put back every file that the house lacks, and none that is not what its name says."""
    count = 0
    for path in sorted(place.files.glob(f"??/??/*{SUFFIX}")):
        digest = path.name.removesuffix(SUFFIX)
        target = house.files / digest[:2] / digest[2:4] / digest
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = target.with_name(f"{digest}.new")
            with opened(path, key) as source, new.open("wb") as file:
                shutil.copyfileobj(source, file, 1_000_000)
            if digest_of(new) != digest:
                new.unlink()
                raise Fault(
                    f"{path} is not the file that its name says.", "Take it from another place of backups."
                )
            new.replace(target)
        count += 1
    return count
