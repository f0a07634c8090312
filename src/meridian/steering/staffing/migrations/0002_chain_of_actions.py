"""The database itself keeps the chain of a post's actions whole."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "functions.sql").read_text(encoding="utf-8")
REMOVE = """
DROP FUNCTION staffing_action_continues() CASCADE;
DROP FUNCTION staffing_action_is_last() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("staffing", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
