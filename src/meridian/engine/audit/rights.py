"""What the role that serves pages and runs jobs may do to the tables: less than their owner."""

from django.db import connection
from psycopg import sql

# Written by the functions of the trail, and by migrations, with the owner's right.
READ_ONLY = ("audit_entry", "audit_change", "audit_pending", "audit_seal", "django_migrations")
FUNCTIONS = "audit_open(text, bigint, text, text, uuid, text), audit_seal_waiting(integer)"
OLDEST_WITH_MAINTAIN = 170_000

OWNED = """
SELECT relname, relkind = 'S' FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
  AND pg_has_role(relowner, 'USAGE') ORDER BY relname
"""


def grant_rights(role: str) -> None:
    """Let `role` read and write rows of every table that the present role owns, and nothing beyond.

    It can neither make, change, empty nor drop a table or a trigger, and only reads the trail.
    Nothing happens without a role, or when it is the owner itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database(), current_setting('server_version_num')::int")
        owner, database, version = cursor.fetchone()
        if role in {"", owner}:
            return
        cursor.execute(OWNED)
        owned = cursor.fetchall()
        tables = [name for name, is_sequence in owned if not is_sequence]
        guarded = [name for name in tables if name in READ_ONLY]
        names = {
            "role": sql.Identifier(role),
            "database": sql.Identifier(database),
            "tables": _listed(tables),
            "guarded": _listed(guarded),
            "plain": _listed([name for name in tables if name not in READ_ONLY]),
            "sequences": _listed([name for name, is_sequence in owned if is_sequence]),
            "functions": sql.SQL(FUNCTIONS),
        }
        for statement in _statements(version):
            cursor.execute(sql.SQL(statement).format(**names))


def _statements(version: int) -> list[str]:
    kept_true = ", MAINTAIN" if version >= OLDEST_WITH_MAINTAIN else ""
    return [
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON TABLE {tables} FROM {role}",
        "GRANT SELECT ON TABLE {guarded} TO {role}",
        # MAINTAIN is the right to gather statistics after a bulk load; older servers leave it to autovacuum.
        "GRANT SELECT, INSERT, UPDATE, DELETE" + kept_true + " ON TABLE {plain} TO {role}",
        "GRANT USAGE, SELECT ON SEQUENCE {sequences} TO {role}",
        "GRANT EXECUTE ON FUNCTION {functions} TO {role}",
    ]


def _listed(names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def lacks_rights() -> bool:
    """Whether some table of the house can't be read: a new role, or a restored copy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(bool_or(NOT has_table_privilege(oid, 'SELECT')), false) FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        return bool(cursor.fetchone()[0])


def excess_rights() -> str:
    """What the present role may do that would let it rewrite the trail; empty when it can't."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
            " (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'audit_entry'::regclass),"
            " has_schema_privilege('public', 'CREATE'),"
            " has_table_privilege('audit_entry', 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')"
        )
        superuser, owner, maker, writer = cursor.fetchone()
    if superuser:
        return "is a superuser"
    if owner:
        return "owns the tables"
    if maker:
        return "may make tables and functions"
    return "may write the tables of the audit trail" if writer else ""
