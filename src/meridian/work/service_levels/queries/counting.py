"""Counting the clocks of items from their logs."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from meridian.kernel.local_time import instant
from meridian.work.service_levels.models import Clock
from meridian.work.service_levels.queries.book import Book, book_knowing
from meridian.work.service_levels.rules.folding import Clocked, clocks_of
from meridian.work.service_levels.rules.life import Standing
from meridian.work.service_levels.rules.signs import signed_clock
from meridian.work.servicedesk.facade import WorkEvent

# What a count decides of a stored clock; everything else of it is said by people, or said once.
COUNTED = (
    *("policy_id", "terms_id", "team_id", "site_id", "category_id", "priority", "state", "ended_as"),
    *("target_seconds", "open_seconds", "paused_seconds", "started_at", "stopped_at", "due_at"),
    *("next_fire_at", "breached_at", "stretches", "calendars"),
)
Key = tuple[int | None, str, str, int]


def clocks_by_item(items: Iterable[int], book: Book, now: int) -> Iterator[tuple[int, list[Clocked]]]:
    """The clocks of each item, counted from its log until the second `now`; one statement."""
    rows = WorkEvent.objects.filter(item__in=list(items)).order_by("item", "sequence")
    told = rows.values_list("item", "type", "at", "data").iterator(chunk_size=5_000)
    for item, events in groupby(told, key=lambda row: row[0]):
        yield item, list(clocks_of(book.rules, ((type, at, data) for _item, type, at, data in events), now))


def counted_now(clock: Clock, at: datetime) -> Clocked | None:
    """A stored clock as it stands at an instant, counted from its log; None when it is no longer promised."""
    now, book = int(at.timestamp()), book_knowing([(clock.team_id, clock.site_id)])
    if clock.item_id is None:
        return subject_clock(clock, book, now)
    key = (clock.kind, clock.measure, clock.cycle)
    for _item, clocks in clocks_by_item([clock.item_id], book, now):
        for found in clocks:
            if (found.promise.kind, found.run.measure, found.run.cycle) == key:
                return found
    return None


def subject_clock(clock: Clock, book: Book, now: int) -> Clocked | None:
    """The clock of something else than an item, from what its module said to it."""
    signs = [] if clock.pk is None else list(clock.signs.order_by("id").values_list("sign", "at"))
    standing = Standing(
        priority=clock.priority, team=clock.team_id, site=clock.site_id, category=clock.category_id
    )
    said = [(sign, int(at.timestamp())) for sign, at in signs]
    return signed_clock(
        book.rules, clock.kind, clock.measure, standing, int(clock.started_at.timestamp()), said, now
    )


def columns_of(found: Clocked, book: Book, fired: Collection[int] = ()) -> dict[str, Any]:
    """What a stored clock holds of a count."""
    run, count, standing = found.run, found.count, found.run.standing
    return {
        "policy_id": found.promise.policy,
        "terms_id": found.terms.version,
        "team_id": standing.team,
        "site_id": standing.site,
        "category_id": standing.category,
        "priority": standing.priority,
        "state": found.state,
        "ended_as": run.ended,
        "target_seconds": found.target,
        "open_seconds": count.open_seconds,
        "paused_seconds": count.paused_seconds,
        "started_at": instant(run.start),
        "stopped_at": None if run.stop is None else instant(run.stop),
        "due_at": instant(found.due),
        "next_fire_at": next_fire(found, fired),
        "breached_at": None if found.breached_at is None else instant(found.breached_at),
        "stretches": told_stretches(found),
        "calendars": sorted(_calendars(found, book)),
    }


def told_stretches(found: Clocked) -> list[list[Any]]:
    """The stretches with the seconds that each counted, as kept; the last of what goes on is open."""
    laid = zip(found.count.stretches, found.count.counted, strict=True)
    told = [[*stretch, counted] for stretch, counted in laid]
    if found.run.stop is None and told:
        # What an open one has counted follows from its beginning: nothing is written as time goes by.
        told[-1][1] = told[-1][-1] = None
    return told


def next_fire(found: Clocked, fired: Collection[int]) -> Any:
    """When the clock next passes a threshold at which it has not spoken; None when it stands or has ended."""
    if found.run.stop is not None or found.count.is_paused:
        return None
    ahead = [percent for percent in found.terms.thresholds if percent not in fired]
    return instant(found.fires_at(min(ahead))) if ahead else None


def _calendars(found: Clocked, book: Book) -> set[int]:
    owners = {(one.team, one.site) for one in found.count.stretches}
    owners.add((found.run.standing.team, found.run.standing.site))
    hours = found.terms.hours
    return {key for team, site in owners for key in book.calendars_of(hours, team, site)}


def stored_clocks(items: Iterable[int]) -> dict[Key, Clock]:
    """The stored clocks of items by item, kind, measure and cycle."""
    rows = Clock.objects.filter(item__in=list(items))
    return {(row.item_id, row.kind, row.measure, row.cycle): row for row in rows}


def differs(stored: Clock, columns: Mapping[str, Any]) -> bool:
    """Whether a count says otherwise than the stored clock. What runs on counts more every second: that
    is no difference until something happens."""
    running = columns["stopped_at"] is None
    ignored = {"open_seconds", "paused_seconds"} if running else set()
    return any(getattr(stored, name) != columns[name] for name in COUNTED if name not in ignored)
