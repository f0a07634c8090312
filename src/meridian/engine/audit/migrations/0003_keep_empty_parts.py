"""Recorded rows keep what is empty inside of their structured values."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent.parent / "functions.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_functions")]

    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
