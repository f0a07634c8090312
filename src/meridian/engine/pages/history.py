"""A row's history from the audit trail, in words."""

from typing import Any

from django.db import models

from meridian.engine.audit.models import Change
from meridian.engine.pages.earlier import latest
from meridian.engine.policies import Request
from meridian.engine.resources import Resource, Sight
from meridian.engine.values.changes import Told

MOST_CHANGES = 200


def history_of(request: Request, resource: type[Resource], row: models.Model) -> dict[str, Any]:
    """The latest changes of a row, newest first, as `design/partials/events.html` shows them: `events`,
    the `cut` that they are of the whole history, and the address of the earlier ones."""
    changes = Change.objects.filter(table=resource.model._meta.db_table, row_id=row.pk)
    found, earlier_url = latest(request, changes.select_related("entry"), MOST_CHANGES)
    told = Told(found.shown, Sight(request.actor))
    return {
        "events": [told.event(change) for change in found.shown],
        "cut": found,
        "earlier_url": earlier_url,
    }
