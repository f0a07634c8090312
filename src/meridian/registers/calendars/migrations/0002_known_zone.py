"""The zone of a calendar is one that is known."""

from django.db import migrations, models

from meridian.engine.records.zones import check_zone


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="calendar",
            name="zone",
            field=models.CharField(max_length=50, validators=[check_zone], verbose_name="time zone"),
        ),
    ]
