"""What of a house a backup keeps, and where it is."""

import fcntl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from meridian.engine.postgres.binaries import locate
from meridian.engine.postgres.server import DATABASE, USER, Server
from meridian.engine.recovery.place import write_whole
from meridian.engine.recovery.sealing import new_identity, recipient_of
from meridian.kernel.console import Fault

KEYS = ("secret_key", "trail_key")


@dataclass(frozen=True)
class House:
    """The database, the attached files, and beside them what lies in `var`: keys and roots of the trail."""

    var: Path
    files: Path
    trail: Path
    server: Server

    @property
    def recipient_file(self) -> Path:
        """For whom backups of this house are sealed."""
        return self.var / "backup_recipient"

    @property
    def key_file(self) -> Path:
        """The secret that opens them, until somebody takes it to a safer place."""
        return self.var / "backup_key"

    @property
    def place_file(self) -> Path:
        """Where backups are taken to, once they are."""
        return self.var / "backup_place"

    def recipient(self) -> str:
        """For whom to seal; a house that never did makes a key of its own."""
        if not self.recipient_file.exists():
            if not self.key_file.exists():
                write_whole(self.key_file, f"{new_identity()}\n")
            write_whole(self.recipient_file, f"{recipient_of(self.key_file.read_text())}\n")
        return self.recipient_file.read_text().strip()

    @contextmanager
    def alone(self, *, waits: bool) -> Iterator[bool]:
        """Whether this process alone writes to the place of backups, for as long as the block."""
        with (self.var / "backup_lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def key(self, kept_in: Path | None) -> str:
        """The secret that opens backups, from a file, else from this house."""
        path = kept_in or self.key_file
        if not path.is_file():
            raise Fault(f"There is no key in {path}.", "Name the file that holds it with --key.")
        return path.read_text().strip()

    def connect(self, database: str = DATABASE) -> psycopg.Connection:
        """A session as the owner of the database."""
        return psycopg.connect(
            host=str(self.server.socket_folder),
            user=USER,
            dbname=database,
            autocommit=True,
            connect_timeout=10,
        )

    def database_mark(self) -> str:
        """By what PostgreSQL tells this database from every other."""
        with self.connect() as session:
            row = session.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone()
        return str(row[0]) if row else ""


def this_house() -> House:
    """The house that the settings tell of, or a `Fault` where its database is not the embedded one."""
    var = Path(settings.VAR_FOLDER)
    server = Server(var / "postgres")
    if settings.DATABASES["default"]["HOST"] != str(server.socket_folder):
        raise Fault(
            "DATABASE_URL names a server of your own.",
            "Back it up with its own tools: docs/guide/operators.md shows how.",
        )
    return House(var, Path(settings.MEDIA_ROOT), Path(settings.TRAIL_FOLDER), server)


def set_lasting(session: psycopg.Connection, values: dict[str, str | None]) -> None:
    """Change settings of the server for good (None: as they were), at once where it can."""
    for name, value in values.items():
        statement = (
            sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(name))
            if value is None
            else sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
        )
        session.execute(statement)
    session.execute("SELECT pg_reload_conf()")


def program(name: str) -> str:
    """Where one of PostgreSQL's programs is."""
    return str(locate().folder / name)


def run(words: list[str], sentence: str) -> None:
    """Run a program of PostgreSQL; what it complains of becomes a `Fault`."""
    answer = subprocess.run(words, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Fault(sentence, last_line(answer.stderr or answer.stdout))


def last_line(text: str) -> str:
    """The last thing that a program said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "It gave no reason."
