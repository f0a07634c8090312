"""The databases of the tests: one server, one migrated template, one copy of it for each process.

The template is named after everything that shapes the schema, so that it is migrated anew
only when something of that has changed. Runs at the same time do not meet: each copy carries
its process in its name, and copies of processes that are gone are dropped.
"""

import fcntl
import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from meridian.engine.postgres import server as embedded

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
SOURCE = PROJECT_FOLDER / "src" / "meridian"
VAR = PROJECT_FOLDER / "var" / "test"
BYTECODE = PROJECT_FOLDER / "var" / "bytecode"
# What migrations make, what they read or take in from their module, and what the triggers follow.
SCHEMA_SOURCES = (
    "*/*/migrations/**/*",
    "*/*/models.py",
    "*/*/models/**/*.py",
    "*/*/resources.py",
    "*/*/resources/**/*.py",
    "*/*/rules.py",
    "*/*/rules/**/*.py",
    "engine/**/*.py",
    "engine/**/*.sql",
    "holdings/configuration/**/*",
)
PASSING = {"tests", "__pycache__"}
COPY_NAME = re.compile(r"^copy_(\d+)_")


def schema_sources(source: Path = SOURCE) -> list[Path]:
    """Every file of the house that shapes the schema or the rows that migrations bring along."""
    found = {path for pattern in SCHEMA_SOURCES for path in source.glob(pattern)}
    return sorted(
        path for path in found if path.is_file() and not PASSING & set(path.relative_to(source).parts)
    )


def template_name(source: Path = SOURCE) -> str:
    """The name that belongs to the present schema."""
    digest = hashlib.sha256()
    for path in schema_sources(source):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(source)}\0{len(content)}\0".encode() + content)
    digest.update((PROJECT_FOLDER / "requirements.lock").read_bytes())
    return f"template_{digest.hexdigest()[:20]}"


def copy_name(worker: str) -> str:
    """The name of this process's own database."""
    return f"copy_{os.getpid()}_{worker}"


def url_of_service(owner_url: str) -> str:
    """The same database for the role that serves."""
    parts = {**conninfo_to_dict(owner_url), "user": embedded.SERVICE_USER}
    return f"postgresql:///{parts.pop('dbname')}?{urlencode(parts)}"


def become(role: str) -> None:
    """Let this process's sessions be the owner's and do what `role` may, until `tampering` lays it down."""
    options = settings.DATABASE_OWNER["OPTIONS"]
    options = {**options, "options": f"-c role={role}"} if role else options
    connection.settings_dict.update({**settings.DATABASE_OWNER, "OPTIONS": options})


def served_url(name: str = "") -> str:
    """A database, this process's own without a name, for a program that serves it."""
    return _url(name, settings.SERVICE_ROLE)


def owner_url(name: str = "") -> str:
    """The same for the owner of its tables."""
    return _url(name, connection.settings_dict["USER"])


def _url(name: str, role: str) -> str:
    configured = connection.settings_dict
    return f"postgresql:///{name or configured['NAME']}?host={configured['HOST']}&user={role}"


def administration(name: str = "postgres") -> psycopg.Connection:
    """A session of the owner in a database."""
    return psycopg.connect(owner_url(name), autocommit=True)


@contextmanager
def lived_in(name: str, trail: Path) -> Iterator[None]:
    """Let this process work in another database, whose trail is witnessed in the folder `trail`."""
    own, own_trail = connection.settings_dict["NAME"], settings.TRAIL_FOLDER
    connection.close()
    connection.settings_dict["NAME"], settings.TRAIL_FOLDER = name, trail
    _forget()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], settings.TRAIL_FOLDER = own, own_trail
        _forget()


def _forget() -> None:
    """Forget what this process keeps by the keys of rows: another database has others under them."""
    # The databases stand before there are models.
    from meridian.registers.calendars.facade import forget_working_times  # noqa: PLC0415
    from meridian.work.service_levels.facade import forget_book  # noqa: PLC0415

    forget_working_times()
    forget_book()


@contextmanager
def restored(original: str = "") -> Iterator[str]:
    """The name of a new database, restored from another (the migrated template), for as long as the block."""
    name = f"copy_{os.getpid()}_restored_{uuid.uuid4().hex[:8]}"
    with administration() as session:
        with one_at_a_time():
            create(session, name, original or template_name())
        try:
            yield name
        finally:
            drop(session, name)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock under which templates are made and copied."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether the server has a database of this name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def create(connection: psycopg.Connection, name: str, template: str = "template0") -> None:
    """Make a database from a template, in place of one of the same name."""
    drop(connection, name)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def drop(connection: psycopg.Connection, name: str) -> None:
    """Remove a database and end whatever session it has."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def rename(connection: psycopg.Connection, old: str, new: str) -> None:
    """Give a finished template its name, so that nobody copies a half-made one."""
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    )


def sweep(connection: psycopg.Connection, template: str) -> None:
    """Drop the templates of other schemas and the copies of processes that are gone."""
    for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
        match = COPY_NAME.match(name)
        stale_copy = match is not None and not _is_alive(int(match[1]))
        stale_template = name.startswith("template_") and name != template
        if stale_copy or stale_template:
            drop(connection, name)


def _is_alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()
