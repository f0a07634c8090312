"""The zone and the language of an account are known ones."""

from django.db import migrations, models

from meridian.engine.records.zones import check_zone
from meridian.engine.translation import check_language


class Migration(migrations.Migration):
    dependencies = [("access", "0002_cache")]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="zone",
            field=models.CharField(
                default="UTC", max_length=50, validators=[check_zone], verbose_name="time zone"
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="language",
            field=models.CharField(
                default="en", max_length=8, validators=[check_language], verbose_name="language"
            ),
        ),
    ]
