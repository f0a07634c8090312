"""Triggers that record every difference, made from what the resources declare."""

import hashlib
import json
from collections.abc import Iterable

from django.db import connection
from psycopg import sql

from meridian.engine.records.tables import AuditedTable

UNRECORDED = ("version",)


def install_triggers(tables: Iterable[AuditedTable]) -> None:
    """Bring the triggers of `tables` to the declared state; nothing happens when they are."""
    wanted = {table.name: table for table in tables}
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, obj_description(t.oid, 'pg_trigger') FROM pg_trigger AS t"
            " JOIN pg_class AS c ON c.oid = t.tgrelid WHERE t.tgname = 'audit_1_added'"
        )
        installed = dict(cursor.fetchall())
        for name, table in wanted.items():
            mark = _mark(table)
            if name in existing and installed.get(name) != mark:
                for statement in _statements(table, mark):
                    cursor.execute(statement)


def _mark(table: AuditedTable) -> str:
    facts = json.dumps([sorted(table.unrecorded), table.appended, table.versioned, 2])
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def _statements(table: AuditedTable, mark: str) -> list[sql.Composed]:
    name = sql.Identifier(table.name)
    left_out = sql.SQL(", ").join(sql.Literal(column) for column in (*UNRECORDED, *table.unrecorded))
    templates = [
        "DROP TRIGGER IF EXISTS audit_1_added ON {name}",
        "DROP TRIGGER IF EXISTS audit_2_changed ON {name}",
        "DROP TRIGGER IF EXISTS audit_3_version ON {name}",
        "CREATE OR REPLACE TRIGGER audit_0_emptied BEFORE TRUNCATE ON {name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying()",
    ]
    if table.appended:
        templates += [
            "CREATE TRIGGER audit_1_added AFTER INSERT ON {name} EXECUTE FUNCTION audit_guard_added()",
            "CREATE TRIGGER audit_2_changed BEFORE UPDATE OR DELETE ON {name}"
            " FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        ]
    else:
        templates += [
            "CREATE TRIGGER audit_1_added AFTER INSERT ON {name} REFERENCING NEW TABLE AS added"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_added({left_out})",
            "CREATE TRIGGER audit_2_changed AFTER UPDATE OR DELETE ON {name}"
            " FOR EACH ROW EXECUTE FUNCTION audit_changed({left_out})",
        ]
        if table.versioned:
            templates.append(
                "CREATE TRIGGER audit_3_version BEFORE UPDATE ON {name}"
                " FOR EACH ROW EXECUTE FUNCTION audit_raise_version()"
            )
    templates.append("COMMENT ON TRIGGER audit_1_added ON {name} IS {mark}")
    return [
        sql.SQL(template).format(name=name, left_out=left_out, mark=sql.Literal(mark))
        for template in templates
    ]
