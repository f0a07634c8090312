"""Why something is due when it is: every stretch of a clock, with the openings that were counted in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from meridian.kernel.local_time import instant
from meridian.kernel.working_time import Schedule
from meridian.work.service_levels.facade import (
    PAUSED,
    RUNNING,
    SLA,
    Book,
    Clocked,
    Stretch,
    book_knowing,
    clocks_by_item,
)
from meridian.work.servicedesk.facade import WorkItem

COUNTED, STOOD, AHEAD = "counted", "stood", "ahead"


@dataclass(frozen=True, slots=True)
class Line:
    """An opening that was counted, a pause, or an opening to come, with what is counted by its end.

    `reason` of a pause is that of its stretch; `team` whose it was.
    """

    start: datetime
    end: datetime
    what: str
    seconds: int
    total: int
    team: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A clock with its lines, in the order of time."""

    clock: Clocked
    lines: list[Line]


def explain_item(item: WorkItem, now: datetime, *, at_desk: bool) -> tuple[Book, list[Explained]]:
    """Every clock of the item as of now, counted from its log; those between teams for the desk alone."""
    book = book_knowing([(item.team_id, item.site_id)])
    second = int(now.timestamp())
    found = [clock for _item, clocks in clocks_by_item([item.pk], book, second) for clock in clocks]
    shown = [clock for clock in found if at_desk or clock.promise.kind == SLA]
    return book, [Explained(clock, lines_of(clock)) for clock in shown]


def lines_of(clock: Clocked) -> list[Line]:
    """The lines of a clock: what it counted adds up to its open seconds, with what is ahead to its target."""
    bare = [*_past(clock), *_ahead(clock)]
    totals = accumulate(0 if line.what == STOOD else line.seconds for line in bare)
    return [
        Line(line.start, line.end, line.what, line.seconds, total, line.team, line.reason)
        for line, total in zip(bare, totals, strict=True)
    ]


def _past(clock: Clocked) -> Iterator[Line]:
    for stretch in clock.count.stretches:
        start, end = instant(stretch.start), instant(stretch.end)
        if start == end:
            continue
        if stretch.runs:
            yield from _openings(_hours(clock, stretch), start, end, COUNTED, stretch.team)
        else:
            yield Line(start, end, STOOD, stretch.end - stretch.start, 0, stretch.team, stretch.reason)


def _ahead(clock: Clocked) -> Iterator[Line]:
    """What is still to be counted; of a paused clock as if it went on now it is not known when."""
    if clock.state != RUNNING or clock.due <= clock.now or not clock.count.stretches:
        return
    last = clock.count.stretches[-1]
    yield from _openings(_hours(clock, last), instant(clock.now), instant(clock.due), AHEAD, last.team)


def _openings(
    schedule: Schedule, start: datetime, end: datetime, what: str, team: int | None
) -> Iterator[Line]:
    for span in schedule.intervals(start, end):
        yield Line(span.start_at, span.end_at, what, int(span.seconds), 0, team)


def _hours(clock: Clocked, stretch: Stretch) -> Schedule:
    return clock.count.hours(stretch.team, stretch.site)


def is_projected(clock: Clocked) -> bool:
    """Whether its due time is as if it went on at the beginning of the pause in which it stands."""
    return clock.state == PAUSED
