"""Histories, newest first: a part of them with the way to what is earlier."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from meridian.engine.audit.models import Change
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.listing.parameters import NotUnderstood, shown
from meridian.engine.policies import Request
from meridian.engine.resources import Resource, Sight
from meridian.engine.values.changes import Told

BEFORE = "before"
MOST_CHANGES = 200


def latest(request: Request, rows: QuerySet[Any], most: int) -> tuple[Cut[Any], str]:
    """The newest rows of those before `?before=ID`, and the address of the earlier ones, "" without any."""
    asked = request.GET.get(BEFORE, "")
    if asked:
        if not asked.isdecimal() or len(asked) > 18:
            raise NotUnderstood(
                {BEFORE: _("“%(value)s” is no place in this list.") % {"value": shown(asked)}}
            )
        rows = rows.filter(pk__lt=int(asked))
    found = cut(rows.order_by("-pk"), most)
    return found, f"?{BEFORE}={found.shown[-1].pk}" if found.is_cut else ""


def history_of(request: Request, resource: type[Resource], row: Model) -> dict[str, Any]:
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
