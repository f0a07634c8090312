"""Where backups lie: a folder, such as a mounted disk of another machine.

place.json                           for whom it is sealed, and of which database
backups/20261127T233501Z/            base.gz.age (the database), kept.gz.age (keys and roots), backup.json
wal/000000010000000000000003.gz.age  what was written since, 16 MB each
files/ab/cd/abcd….gz.age             what was attached, each once, under its SHA-256
"""

import datetime
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from meridian.engine.recovery.sealing import SUFFIX
from meridian.kernel.console import Fault

FORMAT = 1
NAMED = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Backup:
    """One base backup. Instants are in UTC, sizes in bytes as they lie in the place."""

    name: str
    started_at: str
    ended_at: str
    first_wal: str
    meridian: str
    postgresql: str
    database_bytes: int
    database_digest: str
    kept_bytes: int
    kept_digest: str
    files: int

    def ended(self) -> datetime.datetime:
        """From which instant on this backup can give back what was."""
        return datetime.datetime.fromisoformat(self.ended_at)


class Place:
    """A folder of backups of one database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.wal = self.folder / "wal"
        self.files = self.folder / "files"

    def begin(self, database: str, recipient: str) -> None:
        """Make it the place of this database, or raise `Fault` where it is another's or no place at all."""
        facts = {"format": FORMAT, "database": database, "recipient": recipient}
        mark = self.folder / "place.json"
        if mark.exists():
            self._refuse_another(facts)
            return
        if self.folder.exists() and any(self.folder.iterdir()):
            raise Fault(
                f"{self.folder} holds other things.", "Name an empty folder, or one of earlier backups."
            )
        for folder in (self.folder, self.wal, self.files, self.folder / "backups"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(mark, json.dumps(facts, indent=1))

    def facts(self) -> Mapping[str, Any]:
        """What the place says of itself."""
        try:
            facts = json.loads((self.folder / "place.json").read_text())
        except (OSError, ValueError) as fault:
            raise Fault(
                f"{self.folder} is no place of backups.", "Name the folder given to `meridian backup --to`."
            ) from fault
        if not isinstance(facts, dict) or facts.get("format") != FORMAT:
            raise Fault(
                f"{self.folder} was written by another version of Meridian.",
                "Use that version, or a newer one.",
            )
        return facts

    def backups(self) -> list[Backup]:
        """All that are whole, the oldest first."""
        self.facts()
        found = sorted((self.folder / "backups").glob("*/backup.json"))
        return [Backup(**json.loads(path.read_text())) for path in found]

    def chosen(self, name: str | None, at: datetime.datetime | None) -> Backup:
        """The backup of this name, else the newest that ended before the instant."""
        known = self.backups()
        if name is not None:
            known = [backup for backup in known if backup.name == name]
        elif at is not None:
            known = [backup for backup in known if backup.ended() <= at]
        if not known:
            raise Fault(self._nothing(name, at), f"There are: {self._names() or 'none'}.")
        return known[-1]

    def folder_of(self, name: str) -> Path:
        """Where the parts of a backup lie."""
        return self.folder / "backups" / name

    def finish(self, backup: Backup) -> None:
        """Say that a backup is whole: only then it counts."""
        write_whole(self.folder_of(backup.name) / "backup.json", json.dumps(asdict(backup), indent=1))

    def kept_wal(self, since: str = "") -> Iterator[Path]:
        """What was written since a segment, of every timeline, and how the timelines follow each other."""
        for path in sorted(self.wal.glob(f"*{SUFFIX}")):
            name = piece_name(path)
            if name.endswith(".history") or position(name) >= position(since):
                yield path

    def file_of(self, digest: str) -> Path:
        """Where an attached file lies."""
        return self.files / digest[:2] / digest[2:4] / f"{digest}{SUFFIX}"

    def _refuse_another(self, facts: Mapping[str, Any]) -> None:
        own = self.facts()
        if own["database"] != facts["database"]:
            raise Fault(f"{self.folder} holds backups of another database.", "Name an empty folder.")
        if own["recipient"] != facts["recipient"]:
            raise Fault(
                f"{self.folder} is sealed for another key than that of this house.",
                "Put the earlier var/backup_recipient back, or begin with an empty folder.",
            )

    def _nothing(self, name: str | None, at: datetime.datetime | None) -> str:
        if name is not None:
            return f"There is no backup {name} in {self.folder}."
        before = f" that ended before {at.isoformat()}" if at else ""
        return f"There is no backup in {self.folder}{before}."

    def _names(self) -> str:
        return ", ".join(f"{backup.name} (ended {backup.ended_at})" for backup in self.backups())


def piece_name(path: Path) -> str:
    """How PostgreSQL calls what lies in the place under this name, which ends with its digest."""
    return path.name.removesuffix(SUFFIX).rpartition(".")[0]


def position(segment: str) -> str:
    """Where in the stream a segment stands, whatever its timeline."""
    return segment[8:24]


def write_whole(path: Path, text: str) -> None:
    """Write a file, for its owner's eyes only, that is there whole, and on the disk, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(0o600)
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
