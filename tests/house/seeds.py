"""Rows that migrations bring along: what a test that empties every table gives to the next."""

import functools
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection
from psycopg import sql
from psycopg.pq import TransactionStatus


@contextmanager
def owning(replication_role: str = "origin") -> Iterator[Any]:
    """A cursor of the owner of the tables, for whom every trigger fires."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"SET session_replication_role = {replication_role}")
        try:
            yield cursor
        finally:
            # What was set in a transaction that failed is taken back with it.
            if cursor.connection.info.transaction_status != TransactionStatus.INERROR:
                cursor.execute("SET session_replication_role = DEFAULT")
                cursor.execute("RESET ROLE")


def tampering() -> AbstractContextManager[Any]:
    """A cursor of somebody who owns the database: every right, and no trigger fires."""
    return owning("replica")


def empty_tables(statements: list[str]) -> None:
    """What Django empties the tables with after a test that commits, past the guards.

    It leaves alone what it doesn't manage: what waits for the worker goes with the rows it speaks of.
    """
    with tampering() as cursor:
        for statement in (*statements, "TRUNCATE procrastinate_jobs CASCADE"):
            cursor.execute(statement)


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
