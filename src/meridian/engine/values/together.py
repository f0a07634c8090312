"""Rows of several kinds in one statement, each with the rows that are fetched along with it."""

import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from inspect import isgenerator
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.constants import LOOKUP_SEP

from meridian.engine.policies import NOBODY, Actor, policy_of
from meridian.engine.values.reading import kept_value

Query = tuple[models.QuerySet, Iterable[str]]
Answer = TypeVar("Answer")
# What somebody has to say who asks for rows before: each `yield` of a query gives its rows.
Asking = Generator[Query, list[Any], Answer]


def fetch_together(queries: Sequence[Query]) -> list[list[Any]]:
    """What each query finds, in its order, in one statement for all of them; with each query the paths of
    single references that are fetched along, as `select_related` takes them."""
    found: list[list[Any]] = [[] for _query in queries]
    asked: dict[int, str] = {}
    parameters: list[Any] = []
    for at, (rows, along) in enumerate(queries):
        # One that can find nothing is not asked at all.
        with suppress(EmptyResultSet):
            sql, given = rows.values(kept=kept(rows.model, along)).query.sql_with_params()
            asked[at] = f"ARRAY({sql})"
            parameters += given
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(asked.values())}", parameters)
            for at, told in zip(asked, cursor.fetchone(), strict=True):
                rows, along = queries[at]
                found[at] = [made(rows.model, along, one) for one in told]
    return found


def asked(rows: models.QuerySet) -> Query:
    """A query as `fetch_together` takes it, with the rows that its `select_related` names."""
    return rows, tuple(_paths(rows.query.select_related or {}))


def _paths(named: Any, before: str = "") -> Iterable[str]:
    for name, further in dict(named).items():
        yield f"{before}{name}"
        yield from _paths(further, f"{before}{name}{LOOKUP_SEP}")


def answered_together(askers: Iterable[Any]) -> list[Any]:
    """What each of them says; those that are `Asking` are told the rows of their first queries in one
    statement for all of them, then those of their second ones."""
    said = list(askers)
    asking: dict[int, Any] = {at: asker for at, asker in enumerate(said) if isgenerator(asker)}
    told: dict[int, list[Any] | None] = dict.fromkeys(asking)
    while told:
        waiting: dict[int, Query] = {}
        for at, rows in told.items():
            try:
                waiting[at] = asking[at].send(rows)
            except StopIteration as ended:
                said[at] = ended.value
        told = dict(zip(waiting, fetch_together(list(waiting.values())), strict=True))
    return said


def rows_permitted(actor: Actor, action: str, kinds: Iterable[Sequence[Any]]) -> set[Any]:
    """Of the rows of several kinds those to which the actor may do this: one statement for all kinds, none
    where it does not depend on the row."""
    found: set[Any] = set()
    asked: list[Query] = []
    for rows in filter(None, kinds):
        model = type(rows[0])
        scope = policy_of(model).scope(actor, action)
        if scope == models.Q():
            found.update(rows)
        elif scope != NOBODY:
            asked.append((model._default_manager.filter(scope, pk__in=[row.pk for row in rows]), ()))
    return found.union(*fetch_together(asked))


def kept(model: type[models.Model], along: Iterable[str] = ()) -> models.Func:
    """A row as the database tells it in JSON, with the rows that lie along the paths from it."""
    told = [_Whole("", model), *(_Whole(path, _at(model, path)) for path in _steps(along))]
    return models.Func(*told, function="jsonb_build_array", output_field=models.JSONField())


def made(model: type[models.Model], along: Iterable[str], told: Any) -> Any:
    """The row of what was `kept`."""
    own, *others = json.loads(told) if isinstance(told, str) else told
    row = _row(model, own)
    found = {"": row}
    for path, other in zip(_steps(along), others, strict=True):
        before, _separator, name = path.rpartition(LOOKUP_SEP)
        if found.get(before) is not None:
            found[path] = _row(_at(model, path), other) if other else None
            found[before]._state.fields_cache[name] = found[path]
    return row


class _Whole(models.Func):
    """All columns of the row at the end of a path."""

    output_field = models.JSONField()

    def __init__(self, path: str, model: type[models.Model]) -> None:
        # Not the key: that of a row referred to stands in the row that refers to it, without a join.
        column = next(field.name for field in model._meta.concrete_fields if not field.primary_key)
        super().__init__(models.F(f"{path}{LOOKUP_SEP}{column}" if path else column))

    def as_sql(self, compiler: Any, _connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (column,) = self.get_source_expressions()
        return f"to_jsonb({compiler.quote_name_unless_alias(column.alias)}.*)", []


def _steps(along: Iterable[str]) -> list[str]:
    """Each row on the way, the nearer ones first."""
    steps: dict[str, None] = {}
    for path in along:
        names = path.split(LOOKUP_SEP)
        steps |= dict.fromkeys(LOOKUP_SEP.join(names[:end]) for end in range(1, len(names) + 1))
    return list(steps)


def _at(model: Any, path: str) -> Any:
    for name in path.split(LOOKUP_SEP):
        model = model._meta.get_field(name).related_model
    return model


def _row(model: type[models.Model], told: dict[str, Any]) -> Any:
    fields: Any = model._meta.concrete_fields
    values = [_value(field, told[field.column]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], values)


def _value(field: Any, value: Any) -> Any:
    return value if field.is_relation else kept_value(field, value)
