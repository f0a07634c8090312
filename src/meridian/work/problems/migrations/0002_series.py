"""The number series of problems and known errors; problems are never removed."""

from django.db import migrations

from meridian.engine.numbering import CreateSeries

NEVER_REMOVED = """
CREATE TRIGGER problem_stays BEFORE DELETE ON problems_problem
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_tables_of_problems"), ("audit", "0002_functions")]

    operations = [
        CreateSeries("PRB"),
        CreateSeries("KE"),
        migrations.RunSQL(NEVER_REMOVED, "DROP TRIGGER problem_stays ON problems_problem"),
    ]
