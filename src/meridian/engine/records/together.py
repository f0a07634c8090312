"""Writing many rows of a table at once."""

from collections.abc import Sequence
from typing import Any, LiteralString, cast

from django.db import connection, models
from psycopg.sql import SQL, Identifier

WRITE = SQL("UPDATE {table} SET {sets} FROM unnest({arrays}) AS given ({names}) WHERE {table}.id = given.id")


def write_together(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one model, in one statement however many they are.

    `bulk_update` makes an expression of every value, which costs seconds for some thousand rows.
    """
    if not rows:
        return
    meta = type(rows[0])._meta
    fields: list[Any] = [meta.pk, *(meta.get_field(name) for name in names)]
    columns = [Identifier(field.column) for field in fields]
    statement = WRITE.format(
        table=Identifier(meta.db_table),
        sets=SQL(", ").join(SQL("{0} = given.{0}").format(column) for column in columns[1:]),
        arrays=SQL(", ").join(SQL("%s::" + _type_of(field) + "[]") for field in fields),
        names=SQL(", ").join(columns),
    )
    given = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), given)


def _type_of(field: Any) -> LiteralString:
    # Of the declarations, and never of what somebody sent.
    return cast(LiteralString, (field.rel_db_type if field.primary_key else field.db_type)(connection))
