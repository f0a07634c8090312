"""Whole event logs of items that came from another system, for reports."""

from collections.abc import Iterator
from itertools import groupby

from meridian.work.histories.contracts import ItemLog, LoggedEvent
from meridian.work.servicedesk.facade import WorkEvent, WorkItem

BATCH_ITEMS = 2_000


def logs_of_imported_items() -> Iterator[ItemLog]:
    """Every item that is known by a further number, with all its events, in the order of ids."""
    keys = sorted(set(WorkItem.objects.filter(numbers__isnull=False).values_list("pk", flat=True)))
    for start in range(0, len(keys), BATCH_ITEMS):
        yield from _logs(keys[start : start + BATCH_ITEMS])


def _logs(keys: list[int]) -> Iterator[ItemLog]:
    items = WorkItem.objects.in_bulk(keys)
    rows = WorkEvent.objects.filter(item__in=keys).order_by("item", "sequence")
    for key, events in groupby(rows.values_list("item", "at", "type", "data"), key=lambda row: row[0]):
        item = items[key]
        yield ItemLog(
            number=item.number,
            channel=item.channel,
            configuration_item=item.configuration_item,
            opened_at=item.opened_at,
            resolved_at=item.resolved_at,
            reassigned_count=item.reassigned_count,
            reopened_count=item.reopened_count,
            events=tuple(LoggedEvent(at, type, data) for _key, at, type, data in events),
        )
