"""Bulk rows into the tables of the declared resources, by COPY and inside an open audit entry."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from meridian.engine.resources.registry import resources

Row = Sequence[Any]


class Copier:
    """Copies rows into tables by the name of their resource, such as `places.site`.

    `advance` is told of every table how many rows went in.
    """

    def __init__(self, advance: Callable[[int], None] = lambda _rows: None) -> None:
        self._models = {f"{found.module()}.{found.noun()}": found.model for found in resources()}
        self._advance = advance

    def model(self, name: str) -> type[models.Model]:
        return self._models[name]

    def take_ids(self, name: str, amount: int) -> list[int]:
        """The next `amount` keys of a table; nobody else will be given them."""
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH source AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name)"
                " SELECT nextval(name) FROM source, generate_series(1, %s)",
                [self.model(name)._meta.db_table, amount],
            )
            return [key for (key,) in cursor.fetchall()]

    def copy(
        self, name: str, fields: Sequence[str], rows: Iterable[Row], ids: list[int] | None = None
    ) -> list[int]:
        """Copy rows whose values follow `fields` (references as `..._id`); returns their keys.

        Fields left out take the default of the model. `ids` are keys taken before; there must be as many
        as rows.
        """
        found = list(rows)
        keys = self.take_ids(name, len(found)) if ids is None else ids
        columns, constants = self._columns(name, fields)
        is_json = self._json_places(name, fields)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.model(name)._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for key, row in zip(keys, found, strict=True):
                values = list(row)
                for place in is_json:
                    values[place] = Jsonb(values[place])
                copy.write_row((key, *constants, *values))
        self._advance(len(found))
        return keys

    def _columns(self, name: str, fields: Sequence[str]) -> tuple[list[str], list[Any]]:
        """Columns in order of the statement: the key, those with a constant, those of `fields`."""
        given = [self._field(name, field) for field in fields]
        constant: dict[str, Any] = {}
        for field in self.model(name)._meta.concrete_fields:
            if field in given or field.primary_key or field.generated or field.has_db_default():
                continue
            default = field.get_default()
            if default is not None or not field.null:
                constant[str(field.column)] = (
                    Jsonb(default) if isinstance(field, models.JSONField) else default
                )
        return ["id", *constant, *(str(field.column) for field in given)], list(constant.values())

    def _field(self, name: str, field: str) -> Any:
        """The field of a model by its name, or of a reference by its column."""
        options = self.model(name)._meta
        return next(found for found in options.concrete_fields if field in (found.name, found.attname))

    def _json_places(self, name: str, fields: Sequence[str]) -> list[int]:
        return [
            place
            for place, field in enumerate(fields)
            if isinstance(self._field(name, field), models.JSONField)
        ]
