"""The bench's own database: begun afresh, and the same rows copied into plain tables for comparison."""

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg import sql

from meridian.kernel.console import Fault
from meridian.site import database, files

BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Copied:
    """Rows of one table and the seconds of a bare COPY of them."""

    table: str
    rows: int
    seconds: float


def begin(*, afresh: bool) -> None:
    """Start and migrate the embedded database, after removing what an earlier run left (`afresh`)."""
    server = database.embedded_server()
    if server is None:
        raise Fault("A bench loads and measures a database of its own.", "Unset DATABASE_URL.")
    if afresh and server.base.exists():
        server.stop()
        shutil.rmtree(server.base)
    database.prepare(may_migrate=True)
    files.prepare()


def end() -> None:
    """Stop the embedded database."""
    database.close_connection()
    server = database.embedded_server()
    if server:
        server.stop()


def settle() -> None:
    """Bring statistics and visibility up to date and write everything out, as a quiet hour would."""
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def figure(query: str, *parameters: Any) -> Any:
    """The one value that a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
        return row[0] if row else None


def figures(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows that a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def copy_bare(table: str, columns: Sequence[str], most: int) -> Copied:
    """Copy the rows of `table`, `most` at most, into a plain table with these columns, which goes afterwards.

    The clock runs from the first byte sent to the end of the (durable) commit.
    """
    folder = settings.VAR_FOLDER
    name, plain = sql.Identifier(table), sql.Identifier(f"bare_{table}")
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    kept = Path(folder) / f"{table}.copy"
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TABLE {} AS SELECT {} FROM {} WITH NO DATA").format(plain, listed, name)
        )
        with (
            kept.open("wb") as target,
            cursor.copy(
                sql.SQL("COPY (SELECT {} FROM {} LIMIT {}) TO STDOUT").format(listed, name, most)
            ) as source,
        ):
            for block in source:
                target.write(block)
        begun = time.perf_counter()
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(plain)) as copy:
            for block in _blocks(kept):
                copy.write(block)
        seconds = time.perf_counter() - begun
        rows = cursor.rowcount
        cursor.execute(sql.SQL("DROP TABLE {}").format(plain))
    kept.unlink()
    return Copied(table, rows, seconds)


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while block := source.read(BLOCK_BYTES):
            yield block


def remember(name: str, value: dict[str, Any]) -> None:
    """Keep figures beside the database, for a later run that measures the same one again."""
    (Path(settings.VAR_FOLDER) / f"{name}.json").write_text(json.dumps(value))


def recall(name: str) -> dict[str, Any]:
    """Figures kept with `remember`; a `Fault` when there are none."""
    place = Path(settings.VAR_FOLDER) / f"{name}.json"
    if not place.exists():
        raise Fault("There is no loaded database to measure again.", "Leave out --again.")
    return dict(json.loads(place.read_text()))
