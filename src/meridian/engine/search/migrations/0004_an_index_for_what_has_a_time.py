"""An index of words for kinds without a time, and one for those with one."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_documents_by_reader")]

    operations = [
        migrations.RemoveIndex(model_name="searchdocument", name="search_vector"),
        migrations.AddIndex(
            model_name="searchdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("at", 2**62)), fields=["vector"], name="search_named"
            ),
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("at__lt", 2**62)), fields=["vector"], name="search_dated"
            ),
        ),
    ]
