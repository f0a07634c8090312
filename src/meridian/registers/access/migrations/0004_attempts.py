"""How often passwords were tried: a count that may be lost, but is shared by every process."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0003_known_zone_and_language")]

    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE access_attempt (key text PRIMARY KEY, level float8 NOT NULL,"
            " most int NOT NULL, seconds float8 NOT NULL, counted_at timestamptz NOT NULL)",
            "DROP TABLE access_attempt",
        ),
    ]
