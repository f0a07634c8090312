"""Rows that migrations bring along: what a test that empties every table gives to the next."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import sql


@contextmanager
def tampering() -> Iterator[Any]:
    """A cursor of somebody who owns the database: no trigger fires."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield cursor
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


@functools.cache
def taken() -> dict[str, bytes]:
    """The rows of every table that has any, as `COPY` writes them; read once, before any test."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
        )
        for (table,) in cursor.fetchall():
            with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
                rows = b"".join(map(bytes, copy))
            if rows:
                found[table] = rows
    return found


def restore() -> None:
    """Put the rows back into the tables that were emptied."""
    with tampering() as cursor:
        for table, rows in taken().items():
            name = sql.Identifier(table)
            cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(name))
            if not cursor.fetchone()[0]:
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
                    copy.write(rows)
