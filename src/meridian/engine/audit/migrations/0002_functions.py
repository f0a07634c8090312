"""The database functions that guard and record every audited table."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent.parent / "functions.sql").read_text()
APPEND_ONLY = """
CREATE TRIGGER audit_written_once BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
TABLES = ("audit_entry", "audit_change", "audit_seal")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                APPEND_ONLY.format(table=table), f"DROP TRIGGER IF EXISTS audit_written_once ON {table}"
            )
            for table in TABLES
        ),
    ]
