"""Starts and stops one embedded PostgreSQL server, which listens on a socket in a private folder only."""

import errno
import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq, sql

from meridian.engine.postgres import tuning
from meridian.engine.postgres.binaries import Binaries, locate
from meridian.engine.postgres.owner import Owner, owner_of
from meridian.kernel.console import Fault

USER = "meridian"
SERVICE_USER = "meridian_service"
DATABASE = "meridian"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH_BYTES = 107
LARGEST_LOG_BYTES = 20_000_000
SIGNS_OF_A_DYING_SERVER = ("postmaster.pid", "shared memory block", "starting up", "in use")
ATTEMPTS = 80
PAUSE_SECONDS = 0.25
PROMPT_SECONDS, PATIENT_SECONDS = 2, 10
LONGEST_SILENCE_SECONDS = 120


def socket_folder(base: Path) -> Path:
    """Where the socket of the server in `base` lies.

    The folder itself, or a short one below the system's temporary folder when the path
    would be longer than a socket may have.
    """
    if len(os.fsencode(base / SOCKET_NAME)) <= LONGEST_SOCKET_PATH_BYTES:
        return base
    mark = hashlib.sha256(os.fsencode(base)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"meridian-{mark}"


class Server:
    """The PostgreSQL server whose data is in the folder `base` (made when absent).

    `extra_settings` go over those of `tuning`. Every method raises `Fault` with a sentence
    for whoever stands before the machine.
    """

    def __init__(self, base: Path, extra_settings: Mapping[str, str] | None = None) -> None:
        self.base = base.resolve()
        self.data = self.base / "data"
        self.log = self.base / "log"
        self.socket_folder = socket_folder(self.base)
        self._extra_settings = dict(extra_settings or {})

    def is_running(self, within_seconds: int = PROMPT_SECONDS) -> bool:
        """Whether the server answers on its socket, full or not; a recovering server does not.

        libpq's ping leaves no session behind when the time is over, as a failed connection does for a while.
        """
        asked = self._conninfo("postgres", connect_timeout=within_seconds)
        return pq.PGconn.ping(asked.encode()) == pq.Ping.OK

    def start(self) -> bool:
        """Start the server unless it runs, and make its database and roles; True when this call started it.

        A server that runs but is too busy to answer at once is waited for.
        """
        if self.is_running():
            return False
        binaries = locate()
        with self._exclusive():
            if self.is_running() or self._answers_at_last():
                return False
            owner = owner_of(self.base, binaries.folder)
            self._prepare_folders(owner)
            if not (self.data / "PG_VERSION").exists():
                self._create_cluster(binaries, owner)
            self._check_version(binaries)
            self._start_with_patience(binaries, owner)
            self._create_database()
        return True

    def stop(self) -> bool:
        """Stop the server, ending open sessions in good order; True when it was running."""
        if not (self.data / "postmaster.pid").exists():
            return False
        binaries = locate()
        with self._exclusive():
            owner = owner_of(self.base, binaries.folder)
            words = ["-D", str(self.data), "-w", "-t", "60", "-m", "fast", "stop"]
            return self._run(binaries, owner, "pg_ctl", words).returncode == 0

    def give(self, folder: Path) -> None:
        """Let the user that the server runs as write into a folder."""
        owner_of(self.base, locate().folder).give(folder)

    def take_in(self, cluster: Path) -> None:
        """Make an unpacked copy of a cluster the data of this server, which has none."""
        owner = owner_of(self.base, locate().folder)
        for path in (cluster, *cluster.rglob("*")):
            owner.give(path)
        cluster.chmod(0o700)
        cluster.rename(self.data)

    def client_count(self) -> int:
        """How many sessions other than this question are open."""
        with psycopg.connect(self._conninfo("postgres"), connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
        return int(row[0]) if row else 0

    def _answers_at_last(self) -> bool:
        """Wait while a server's process lives; False when there is none, or it ends meanwhile."""
        give_up_at = time.monotonic() + LONGEST_SILENCE_SECONDS
        while (process := self._living_process()) is not None:
            if self.is_running(PATIENT_SECONDS):
                return True
            if time.monotonic() > give_up_at:
                raise Fault(
                    f"PostgreSQL runs on {self.data} (process {process}) but does not answer.",
                    f"Wait until the machine is less busy and try again, or end process {process}.",
                )
            time.sleep(PAUSE_SECONDS)
        return False

    def _living_process(self) -> int | None:
        """The process that `postmaster.pid` names, if it is still a server of this data folder."""
        try:
            process = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            # A server works in its data folder; another program may have got the number since.
            return process if Path(f"/proc/{process}/cwd").samefile(self.data) else None
        except (OSError, ValueError):
            return None

    def _conninfo(self, database: str, **further: Any) -> str:
        return psycopg.conninfo.make_conninfo(
            host=str(self.socket_folder), user=USER, dbname=database, **further
        )

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """One starter or stopper at a time; the others wait."""
        try:
            self.base.mkdir(parents=True, exist_ok=True)
            with (self.base / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except PermissionError as error:
            raise Fault(
                f"The database folder {self.base} belongs to another user.",
                "Run as the user who made it, or set MERIDIAN_VAR to a folder of your own.",
            ) from error
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
                raise
            raise _disk_full(self.base) from error

    def _prepare_folders(self, owner: Owner) -> None:
        for folder in {self.base, self.socket_folder}:
            if folder.is_symlink():
                raise Fault(f"The folder {folder} is a symbolic link.", "Remove it and start again.")
            folder.mkdir(exist_ok=True)
            if folder.stat().st_uid not in {os.geteuid(), owner.user_id}:
                raise Fault(
                    f"The folder {folder} belongs to another user.",
                    "Move the project to a shorter path or set MERIDIAN_VAR.",
                )
            owner.give(folder)
            folder.chmod(0o700)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG_BYTES:
            self.log.replace(self.base / "log.previous")

    def _create_cluster(self, binaries: Binaries, owner: Owner) -> None:
        """Make the data folder beside its place and move it there, so that no half-made one remains."""
        new = self.base / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        words = [
            "-D",
            str(new),
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ]
        if binaries.major_version >= 17:
            words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        answer = self._run(binaries, owner, "initdb", words)
        if answer.returncode:
            raise self._fault_from(answer.stdout)
        new.rename(self.data)

    def _check_version(self, binaries: Binaries) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(binaries.major_version):
            raise Fault(
                f"The data in {self.data} was made by PostgreSQL {made_by}, but the programs here are "
                f"version {binaries.major_version}.",
                "docs/guide/operators.md shows how to carry it over.",
            )

    def _start_with_patience(self, binaries: Binaries, owner: Owner) -> None:
        """Start, asking the socket and not `pg_ctl status`.

        A killed server looks alive for some seconds and refuses a successor.
        """
        values = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.socket_folder}"',
            "unix_socket_permissions": "0700",
            **tuning.settings(),
            **self._extra_settings,
        }
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in values.items())
        words = ["-D", str(self.data), "-w", "-t", "300", "-l", str(self.log), "-o", options, "start"]
        for attempt in range(ATTEMPTS):
            told_before = self.log.stat().st_size if self.log.exists() else 0
            if self._run(binaries, owner, "pg_ctl", words).returncode == 0:
                return
            told = self._told_since(told_before)
            if told and not any(sign in told for sign in SIGNS_OF_A_DYING_SERVER):
                break
            time.sleep(PAUSE_SECONDS if attempt else PAUSE_SECONDS / 5)
            if self.is_running():
                return
        raise self._fault_from(self._told_since(0))

    def _told_since(self, position: int) -> str:
        """What the server has written into its log after this many bytes."""
        if not self.log.exists():
            return ""
        return self.log.read_bytes()[position:].decode(errors="replace")

    def _create_database(self) -> None:
        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as connection:
            if (
                connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                is None
            ):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            create_service_role(connection, SERVICE_USER)
            tuning.keep_nothing_unasked(connection)

    def _run(
        self, binaries: Binaries, owner: Owner, program: str, words: list[str]
    ) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        # A server that pg_ctl leaves behind would keep a pipe open for ever, so only initdb gets one.
        return subprocess.run(
            [*owner.prefix, str(binaries.folder / program), *words],
            env={**environment, "LC_ALL": "C.UTF-8"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            check=False,
            **owner.options,
        )

    def _fault_from(self, output: str) -> Fault:
        if "No space left on device" in output or _free_bytes(self.base) < 1_000_000:
            return _disk_full(self.base)
        lines = [line for line in output.splitlines() if "FATAL" in line or "error" in line.lower()]
        reason = lines[-1].strip() if lines else "it gave no reason"
        return Fault(f"PostgreSQL did not start: {reason}.", f"Its log is {self.log}.")


def create_service_role(connection: psycopg.Connection, name: str) -> None:
    """Make the role that serves pages and runs jobs, unless there is one; migrations give it its rights."""
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone() is None:
        statement = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _disk_full(folder: Path) -> Fault:
    return Fault(f"The disk that holds {folder} is full.", "Free some space and start again.")
