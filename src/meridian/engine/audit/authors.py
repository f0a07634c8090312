"""Who has written a row, for whoever is to be told what became of it."""

from django.db import models

from meridian.engine.audit.models import Change


def authors_of(row: models.Model) -> set[int]:
    """The ids of the accounts that added or changed this row."""
    changes = Change.objects.filter(table=row._meta.db_table, row_id=row.pk, entry__actor_id__isnull=False)
    return {author for author in changes.values_list("entry__actor_id", flat=True) if author is not None}
