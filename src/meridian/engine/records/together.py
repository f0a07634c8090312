"""Writing many rows of a table at once."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, LiteralString, cast

import orjson
from django.db import connection, models
from psycopg.sql import SQL, Identifier

WRITE = SQL(
    "UPDATE {table} SET {sets} FROM json_to_recordset(%s::json) AS given ({columns})"
    " WHERE {table}.id = given.id"
)


def write_together(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one model, in one statement however many they are.

    `bulk_update` makes an expression of every value, which costs seconds for some thousand rows; one
    JSON text of all rows costs the least to make and to read.
    """
    if not rows or not names:
        return
    meta = type(rows[0])._meta
    fields: list[Any] = [meta.pk, *(meta.get_field(name) for name in names)]
    columns = [Identifier(field.column) for field in fields]
    statement = WRITE.format(
        table=Identifier(meta.db_table),
        sets=SQL(", ").join(SQL("{0} = given.{0}").format(column) for column in columns[1:]),
        columns=SQL(", ").join(
            SQL("{} " + _type_of(field)).format(column) for column, field in zip(columns, fields, strict=True)
        ),
    )
    given = [
        {field.column: field.get_prep_value(getattr(row, field.attname)) for field in fields} for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), [orjson.dumps(given, _plain).decode()])


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} can't be written together with others.")


def _type_of(field: Any) -> LiteralString:
    # Of the declarations, and never of what somebody sent.
    return cast(LiteralString, (field.rel_db_type if field.primary_key else field.db_type)(connection))
