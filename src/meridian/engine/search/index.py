"""Keeping the documents true: triggers note what changed, a job makes it anew in bulk."""

from collections.abc import Sequence

from django.db import connection, transaction
from psycopg import sql

from meridian.engine.resources import Resource, resources
from meridian.engine.search.documents import columns, documents, searched, whole_of

BATCH_ROWS = 5_000
# What waits to be sorted into the index is looked through by every question: little, but in a rebuild.
SORT_SOON, SORT_LATE = (f"SET LOCAL gin_pending_list_limit = '{limit}'" for limit in ("64kB", "64MB"))
TRIGGERS = (
    "CREATE OR REPLACE TRIGGER search_1_added AFTER INSERT ON {table}"
    " REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION search_note({label}, {found})",
    "CREATE OR REPLACE TRIGGER search_2_changed AFTER UPDATE OF {columns} ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION search_note_row({label}, {found})",
    "CREATE OR REPLACE TRIGGER search_3_removed AFTER DELETE ON {table}"
    " REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION search_note({label}, {found})",
)


def install_triggers() -> None:
    """Note every change of a searched column; brought to the declared state after a migration."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for resource in resources():
            # What stands for another row would be found beside it.
            if resource.searched() and not resource.stands_for and resource.model._meta.db_table in existing:
                for statement in _trigger_statements(resource):
                    cursor.execute(statement)


def _trigger_statements(resource: type[Resource]) -> list[sql.Composed]:
    noted = [resource.field(name).column for name in columns(resource)]
    found = resource.field(resource.found_as).column if resource.found_as else "id"
    names = {
        "table": sql.Identifier(resource.model._meta.db_table),
        "label": sql.Literal(whole_of(resource).model._meta.label_lower),
        "found": sql.Literal(found),
        "columns": sql.SQL(", ").join(map(sql.Identifier, noted)),
    }
    return [sql.SQL(text).format(**names) for text in TRIGGERS]


def index_pending(most: int = BATCH_ROWS) -> int:
    """Make the documents of up to `most` noted rows anew; returns how many notes were taken."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SORT_SOON)
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
            label = resource.model._meta.label_lower
            keys = sorted(noted.get(label, ()))
            if keys:
                cursor.execute(
                    "DELETE FROM search_searchdocument WHERE resource = %s AND row_id = ANY(%s)",
                    [label, keys],
                )
                _store(resource, keys)
    return len(taken)


def rebuild(resource: type[Resource]) -> int:
    """Make all documents of a resource anew; returns the number of rows. Bounded memory."""
    count = last = 0
    with transaction.atomic(), connection.cursor() as cursor:
        label = resource.model._meta.label_lower
        cursor.execute(SORT_LATE)
        cursor.execute("DELETE FROM search_searchdocument WHERE resource = %s", [label])
        cursor.execute("DELETE FROM search_searchpending WHERE resource = %s", [label])
        while True:
            rows = resource.model._base_manager.filter(pk__gt=last).order_by("pk")
            keys = list(rows.values_list("pk", flat=True)[:BATCH_ROWS])
            if not keys:
                break
            if len(keys) < BATCH_ROWS:
                cursor.execute(SORT_SOON)
            _store(resource, keys)
            count, last = count + len(keys), keys[-1]
    return count


def _store(resource: type[Resource], keys: Sequence[int]) -> None:
    made = list(documents(resource, keys))
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY search_searchdocument (resource, row_id, action, part, at, vector) FROM STDIN"
        ) as copy,
    ):
        for document in made:
            copy.write_row(document)
