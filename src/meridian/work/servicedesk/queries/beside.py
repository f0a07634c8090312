"""What the desk sees beside one item."""

from collections.abc import Sequence

from meridian.work.items import facade as items
from meridian.work.servicedesk.models import WorkItem

NAMED = {
    "team": items.PLAIN_NAME,
    "assignee": items.PERSON_NAME,
    "hold_reason": items.TRANSLATED_NAME,
    "category": items.TRANSLATED_NAME,
    "concerns": items.ENTRY_NAME,
}


def beside(item: WorkItem, rows: Sequence[items.TimelineRow], reader: int | None) -> items.Beside:
    """All that stands beside it, with the names of teams, people, reasons and categories in `rows`."""
    return items.beside(item, NAMED, rows, reader)
