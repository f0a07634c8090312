"""The functions and triggers by which the database itself keeps the ledger right."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "functions.sql").read_text()
REMOVE = """
DROP FUNCTION ledger_postings_balance() CASCADE;
DROP FUNCTION ledger_period_is_open() CASCADE;
DROP FUNCTION ledger_coding_axes() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
