"""From a row to its entry."""

from django.db import models

from meridian.engine.resources import resource_of
from meridian.holdings.configuration.models import ConfigurationItem


def entry_of(row: models.Model) -> ConfigurationItem:
    """The entry of a row of a kind that work may concern; `LookupError` for any other."""
    concern = resource_of(type(row)).concern
    if concern is None:
        raise LookupError(f"{row._meta.label} is no concern of work.")
    return ConfigurationItem.objects.get(kind=concern.kind, row_id=row.pk)
