"""The number series of major incidents."""

from django.db import migrations

from meridian.engine.numbering import CreateSeries


class Migration(migrations.Migration):
    dependencies = [("majors", "0001_tables_of_major_incidents")]

    operations = [CreateSeries("MAJ")]
