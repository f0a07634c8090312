"""Counting stored clocks anew: after an event, a corrected calendar or policy, a load of histories."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.engine.records.together import write_together
from meridian.kernel.local_time import instant
from meridian.work.service_levels.contracts import ClockState
from meridian.work.service_levels.models import Clock
from meridian.work.service_levels.queries.book import Book, book_knowing
from meridian.work.service_levels.queries.counting import (
    COUNTED,
    clocks_by_item,
    columns_of,
    differs,
    stored_clocks,
)
from meridian.work.service_levels.rules.folding import SLA, Clocked
from meridian.work.service_levels.rules.runs import FULFIL, RESOLVE
from meridian.work.servicedesk.facade import WorkItem, promise

BATCH_ITEMS = 1_000
IDENTITY = ("item_id", "kind", "measure", "cycle")
NO_LONGER = "replaced"


@command("service_levels.clock.count", on=Clock, title=_("count clocks"))
def count_clocks(*, actor: Actor, items: Sequence[int], reason: str = "") -> int:
    """Count the clocks of items anew from their logs, and promise items as their clocks say; returns how
    many clocks changed. What a clock held before stays in its history."""
    rows = (
        WorkItem.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=list(items))
        .only("team", "site", "state", "is_open", "due_at")
        .order_by("pk")
    )
    locked = {item.pk: item for item in rows}
    book = book_knowing([(item.team_id, item.site_id) for item in locked.values()])
    now, stored = int(timezone.now().timestamp()), stored_clocks(locked)
    written: list[Clock] = []
    due: dict[int, datetime] = {}
    for key, clocks in clocks_by_item(locked, book, now):
        written += _changed(key, clocks, stored, book)
        if locked[key].is_open and (at := _promised(clocks)) not in (None, locked[key].due_at):
            due[key] = at
    if due:
        promise(actor=actor, items=[locked[key] for key in due], due=due)
    # What no longer follows from the log was promised once, and is promised no more.
    gone = [row for row in stored.values() if row.state in (ClockState.RUNNING, ClockState.PAUSED)]
    for row in gone:
        row.state, row.ended_as, row.stopped_at, row.next_fire_at = (
            ClockState.CANCELLED,
            NO_LONGER,
            instant(now),
            None,
        )
    _write([*written, *gone])
    return len(written) + len(gone)


def _changed(item: int, clocks: Iterable[Clocked], stored: dict[Any, Clock], book: Book) -> list[Clock]:
    found = []
    for clocked in clocks:
        key = (item, clocked.promise.kind, clocked.run.measure, clocked.run.cycle)
        known = stored.pop(key, None)
        columns = columns_of(clocked, book, known.fired if known else ())
        if known is None:
            found.append(Clock(**dict(zip(IDENTITY, key, strict=True)), **columns))
        elif differs(known, columns):
            for name, value in columns.items():
                setattr(known, name, value)
            found.append(known)
    return found


def _promised(clocks: Iterable[Clocked]) -> datetime | None:
    """When an item is due by its clock of resolution or fulfilment."""
    for clocked in clocks:
        if clocked.promise.kind == SLA and clocked.run.measure in (RESOLVE, FULFIL):
            return instant(clocked.due)
    return None


def _write(clocks: list[Clock]) -> None:
    Clock.objects.bulk_create([row for row in clocks if row.pk is None], batch_size=2_000)
    write_together([row for row in clocks if row.pk is not None], COUNTED)


def uncounted_items(ended_since: timedelta) -> Any:
    """Items without clocks that are open, or ended no longer ago: histories that were loaded."""
    clocks = Clock.objects.filter(item=OuterRef("pk"))
    rows = WorkItem.objects.filter(~Exists(clocks)).order_by("pk")
    recent = rows.filter(closed_at__gt=timezone.now() - ended_since)
    resolved = rows.filter(state="resolved", resolved_at__gt=timezone.now() - ended_since)
    return (
        rows.filter(is_open=True)
        .values_list("pk", flat=True)
        .union(recent.values_list("pk", flat=True), resolved.values_list("pk", flat=True))
    )


def take_up_items(*, actor: Actor, ended_since: timedelta = timedelta()) -> int:
    """Make the clocks of items that came in by a load; returns how many were made."""
    return _in_batches(actor, list(uncounted_items(ended_since)), "Items that were loaded")


def recount_open_clocks(*, actor: Actor, reason: str) -> int:
    """Count every clock that still runs or waits anew; returns how many changed."""
    live = Clock.objects.filter(state__in=(ClockState.RUNNING, ClockState.PAUSED), item__isnull=False)
    items = live.order_by("item").values_list("item", flat=True).distinct()
    return _in_batches(actor, list(items), reason)


def recount_by_calendars(*, actor: Actor, calendars: Sequence[int], reason: str) -> int:
    """Count every clock anew that ever counted by one of these calendars, also what has ended."""
    items = Clock.objects.filter(calendars__overlap=list(calendars), item__isnull=False)
    found = items.order_by("item").values_list("item", flat=True).distinct()
    return _in_batches(actor, list(found), reason)


def _in_batches(actor: Actor, items: list[int], reason: str) -> int:
    """Each batch is a transaction of its own: whoever works on an item waits for no other."""
    batches = (items[start : start + BATCH_ITEMS] for start in range(0, len(items), BATCH_ITEMS))
    return sum(count_clocks(actor=actor, items=batch, reason=reason) for batch in batches)
