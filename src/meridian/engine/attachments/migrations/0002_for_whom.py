"""Who attached a file, and whether it is for everybody who sees the row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("attachments", "0001_initial"),)

    operations = (
        migrations.AddField(
            "attachment", "is_internal", models.BooleanField(default=False, verbose_name="for the desk only")
        ),
        migrations.AddField(
            "attachment",
            "attached_account",
            models.BigIntegerField(blank=True, null=True, verbose_name="account that attached it"),
        ),
    )
