"""The number series of changes; changes are never removed."""

from django.db import migrations

from meridian.engine.numbering import CreateSeries

NEVER_REMOVED = """
CREATE TRIGGER change_stays BEFORE DELETE ON changes_change
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("changes", "0001_tables_of_changes"), ("audit", "0002_functions")]

    operations = [
        CreateSeries("CHG"),
        migrations.RunSQL(NEVER_REMOVED, "DROP TRIGGER change_stays ON changes_change"),
    ]
