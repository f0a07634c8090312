"""Keeping the entries true: the database writes them, with whatever writes the rows they stand for."""

from django.db import connection
from psycopg import sql

from meridian.engine.resources import Resource, concerns
from meridian.holdings.configuration.models import ConfigurationItem

STATEMENTS = (
    "CREATE OR REPLACE TRIGGER configuration_1_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION configuration_added({kind}, {key}, {name})",
    "CREATE OR REPLACE TRIGGER configuration_2_changed AFTER UPDATE OF {key_column}, {name_column} ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION configuration_changed({kind}, {key}, {name})",
    "CREATE OR REPLACE TRIGGER configuration_3_removed AFTER DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION configuration_removed({kind})",
    # Rows that were there before their kind was one.
    "INSERT INTO {register} (version, kind, row_id, reference, code, name)"
    " SELECT 1, {kind}, id, {kind} || ':' || {key_column}, {key_column},"
    " configuration_name(to_jsonb({name_column})) FROM {table} AS missing"
    " WHERE NOT EXISTS (SELECT FROM {register} AS known"
    " WHERE known.kind = {kind} AND known.row_id = missing.id)",
)


def install_triggers() -> None:
    """Let the rows of every kind have their entries; brought to the declared state after a migration."""
    existing = set(connection.introspection.table_names())
    if ConfigurationItem._meta.db_table not in existing:
        return
    with connection.cursor() as cursor:
        for kind, resource in concerns().items():
            if resource.model._meta.db_table in existing:
                for statement in STATEMENTS:
                    cursor.execute(sql.SQL(statement).format(**_names(kind, resource)))


def _names(kind: str, resource: type[Resource]) -> dict[str, sql.Composable]:
    assert resource.concern is not None
    key, name = (resource.field(field).column for field in (resource.key, resource.concern.name))
    return {
        "table": sql.Identifier(resource.model._meta.db_table),
        "register": sql.Identifier(ConfigurationItem._meta.db_table),
        "kind": sql.Literal(kind),
        "key": sql.Literal(key),
        "name": sql.Literal(name),
        "key_column": sql.Identifier(key),
        "name_column": sql.Identifier(name),
    }
