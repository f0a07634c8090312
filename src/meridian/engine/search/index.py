"""Keeping the documents true: triggers note what changed, a job makes it anew in bulk."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from meridian.engine.resources import Resource, is_translated, resources
from meridian.engine.search.words import ANY, configuration, spaced
from meridian.engine.translation import language_codes

BATCH_ROWS = 5_000
WEIGHTS = "ABCD"
STAGED = (
    "CREATE TEMPORARY TABLE search_staged (resource text, row_id bigint, language text,"
    " configuration regconfig, title text, a text, b text, c text, d text) ON COMMIT DROP"
)
STORE = """
INSERT INTO search_searchdocument (resource, row_id, language, title, vector)
SELECT resource, row_id, language, title,
       setweight(to_tsvector(configuration, a) || to_tsvector('simple', a), 'A')
       || setweight(to_tsvector(configuration, b) || to_tsvector('simple', b), 'B')
       || setweight(to_tsvector(configuration, c), 'C') || setweight(to_tsvector(configuration, d), 'D')
FROM search_staged
"""


def searched() -> list[type[Resource]]:
    """The resources that can be found."""
    return [resource for resource in resources() if resource.searched()]


def install_triggers() -> None:
    """Note every change of a searched column; brought to the declared state after a migration."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for resource in searched():
            if resource.model._meta.db_table in existing:
                for statement in _trigger_statements(resource):
                    cursor.execute(statement)


def _trigger_statements(resource: type[Resource]) -> list[sql.Composed]:
    columns = [resource.field(row.name).column for row in resource.searched()]
    names = {
        "table": sql.Identifier(resource.model._meta.db_table),
        "label": sql.Literal(resource.model._meta.label_lower),
        "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
    }
    return [
        sql.SQL(text).format(**names)
        for text in (
            "CREATE OR REPLACE TRIGGER search_1_added AFTER INSERT ON {table}"
            " REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION search_note({label})",
            "CREATE OR REPLACE TRIGGER search_2_changed AFTER UPDATE OF {columns} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION search_note_row({label})",
            "CREATE OR REPLACE TRIGGER search_3_removed AFTER DELETE ON {table}"
            " REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION search_note({label})",
        )
    ]


def index_pending(most: int = BATCH_ROWS) -> int:
    """Make the documents of up to `most` noted rows anew; returns how many notes were taken."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_searchpending WHERE id IN (SELECT id FROM search_searchpending"
            " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING resource, row_id",
            [most],
        )
        noted: dict[str, set[int]] = {}
        taken = cursor.fetchall()
        for label, row_id in taken:
            noted.setdefault(label, set()).add(row_id)
        for resource in searched():
            keys = noted.get(resource.model._meta.label_lower)
            if keys:
                _replace(resource, keys)
    return len(taken)


def rebuild(resource: type[Resource]) -> int:
    """Make all documents of a resource anew; returns the number of rows. Bounded memory."""
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        label = resource.model._meta.label_lower
        cursor.execute("DELETE FROM search_searchdocument WHERE resource = %s", [label])
        cursor.execute("DELETE FROM search_searchpending WHERE resource = %s", [label])
        for rows in _batches(resource):
            count += len(rows)
            _store(resource, rows)
    return count


def _batches(resource: type[Resource]) -> Iterator[list[tuple[Any, ...]]]:
    last = 0
    names = _fetched(resource)
    while True:
        rows = resource.model._base_manager.filter(pk__gt=last).order_by("pk").values_list(*names)
        found = list(rows[:BATCH_ROWS])
        if not found:
            return
        yield found
        last = found[-1][0]


def _fetched(resource: type[Resource]) -> list[str]:
    has_language = any(field.name == "language" for field in resource.model._meta.concrete_fields)
    return ["pk", *(["language"] if has_language else []), *(row.name for row in resource.searched())]


def _replace(resource: type[Resource], keys: set[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_searchdocument WHERE resource = %s AND row_id = ANY(%s)",
            [resource.model._meta.label_lower, list(keys)],
        )
    rows = list(resource.model._base_manager.filter(pk__in=keys).values_list(*_fetched(resource)))
    if rows:
        _store(resource, rows)


def _store(resource: type[Resource], rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_staged")
        cursor.execute(STAGED)
        with cursor.copy(
            "COPY search_staged (resource, row_id, language, configuration, title, a, b, c, d) FROM STDIN"
        ) as copy:
            for row in rows:
                for document in _documents(resource, row):
                    copy.write_row(document)
        cursor.execute(STORE)


def _documents(resource: type[Resource], row: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """A document per language that the row has a text in; one for rows in no language."""
    values = dict(zip(_fetched(resource), row, strict=True))
    texts = {found.name: values[found.name] for found in resource.searched()}
    translated = [name for name in texts if is_translated(resource.field(name))]
    languages = [
        code for code in language_codes() if any((texts[name] or {}).get(code) for name in translated)
    ]
    for language in languages or [values.get("language") or ""]:
        words = {
            name: (texts[name] or {}).get(language, "") if name in translated else _plain(texts[name])
            for name in texts
        }
        weighted = [
            spaced(" ".join(words[found.name] for found in resource.searched() if found.search == weight))
            for weight in WEIGHTS
        ]
        title = " · ".join(
            words[found.name] for found in resource.searched() if found.search == "A" and words[found.name]
        )
        label = resource.model._meta.label_lower
        yield (
            label,
            values["pk"],
            language,
            configuration(language) if language else ANY,
            title[:300],
            *weighted,
        )


def _plain(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "").replace("\0", " ")
