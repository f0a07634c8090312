"""The trail is written by the database's own functions alone, and is never emptied."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent.parent / "functions.sql").read_text()
NEVER_EMPTIED = """
CREATE TRIGGER audit_0_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_emptying();
"""
TABLES = ("audit_entry", "audit_change", "audit_pending", "audit_seal")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_keep_empty_parts")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                NEVER_EMPTIED.format(table=table), f"DROP TRIGGER IF EXISTS audit_0_emptied ON {table}"
            )
            for table in TABLES
        ),
    ]
