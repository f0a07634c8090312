"""The functions by which the database keeps the entries."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent.parent / "functions.sql").read_text()
REMOVAL = "".join(
    f"DROP FUNCTION IF EXISTS configuration_{name} CASCADE;"
    for name in ("added()", "changed()", "removed()", "name(jsonb)")
)


class Migration(migrations.Migration):
    dependencies = [("configuration", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVAL)]
