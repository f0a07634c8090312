"""Working time: when a place is open, how long it was open, and when a promise falls due.

A `Schedule` answers `open_seconds`, `due_at`, `intervals`, `next_opening` and
`next_closing`. `WorkingCalendar` is one place: weekly rules in an IANA zone, in versions
with effective dates, with closed and special days. `Union` is open when any part is,
`Intersection` when all are, `ALWAYS_OPEN` at all times.

Instants must have a zone and are taken to the whole second (fractions dropped), so that
open seconds add up exactly over adjoining stretches. Answers are in UTC.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from meridian.kernel.local_time import Edge, epoch_second, instant, zone_named
from meridian.kernel.period import Span
from meridian.kernel.stretches import Stretch, common, merged

BLOCK_SECONDS = 28 * 86_400
HORIZON_BLOCKS = 400
DAY_MINUTES = 1_440


class NeverOpen(LookupError):
    """The schedule does not open long enough within some thirty years."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """An opening in minutes after local midnight of the day on which it begins.

    The end may be 1440 (24:00) or, over midnight, up to a day after the start.
    """

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < DAY_MINUTES:
            raise ValueError(f"A window starts between 00:00 and 23:59, not at minute {self.start_minute}.")
        if not 0 < self.end_minute - self.start_minute <= DAY_MINUTES:
            raise ValueError("A window lasts more than nothing and at most 24 hours.")

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read `08:30-17:00`, `00:00-24:00` or, over midnight, `22:00-06:00`."""
        start, _, end = text.partition("-")
        try:
            start_minute, end_minute = _minute(start), _minute(end)
        except ValueError as fault:
            raise ValueError(f"{text!r} is no opening; write one like 08:30-17:00.") from fault
        if end_minute < start_minute:
            end_minute += DAY_MINUTES
        return cls(start_minute, end_minute)


def _minute(text: str) -> int:
    hour, minute = (int(part) for part in text.strip().split(":"))
    if not (0 <= minute < 60 and 0 <= hour * 60 + minute <= DAY_MINUTES):
        raise ValueError(text)
    return hour * 60 + minute


@dataclass(frozen=True, slots=True)
class WeeklyRules:
    """The openings of each weekday (0 is Monday) from local date `effective_on` until the next version."""

    effective_on: date
    openings: Mapping[int, Sequence[Window]]

    def __post_init__(self) -> None:
        if any(day not in range(7) for day in self.openings):
            raise ValueError("A weekday is a number from 0 (Monday) to 6 (Sunday).")

    def never_closes(self) -> bool:
        """Whether each opening begins by the time another ends, all week and over the end of the week."""
        week = 7 * DAY_MINUTES
        placed = sorted(
            (monday + day * DAY_MINUTES + window.start_minute, monday + day * DAY_MINUTES + window.end_minute)
            for monday in (-week, 0)
            for day, windows in self.openings.items()
            for window in windows
        )
        return any(begin <= 0 and end >= week for begin, end in merged(placed))


class Schedule(ABC):
    """Anything that is open at some times; stretches are kept by blocks of 28 days of UTC."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[list[Stretch], int]] = {}

    @abstractmethod
    def _stretches(self, block: int) -> list[Stretch]:
        """Ordered stretches of that block, clipped to it, none touching another."""

    def open_seconds(self, start: datetime, end: datetime) -> int:
        """Open seconds in [start, end); 0 when `end` is not after `start`."""
        first, last = _second(start), _second(end)
        total = 0
        for block in range(first // BLOCK_SECONDS, -(-last // BLOCK_SECONDS)):
            stretches, whole = self._block(block)
            if first <= block * BLOCK_SECONDS and (block + 1) * BLOCK_SECONDS <= last:
                total += whole
            else:
                total += sum(max(0, min(end, last) - max(begin, first)) for begin, end in stretches)
        return total

    def due_at(self, start: datetime, seconds: int) -> datetime:
        """The first instant at or after `start` by which `seconds` open seconds have passed.

        Zero seconds are due at `start` itself. Raises NeverOpen past the horizon.
        """
        if seconds < 0:
            raise ValueError(f"A target of {seconds} seconds is below zero.")
        first, left = _second(start), seconds
        if not left:
            return instant(first)
        for block in _blocks_from(first):
            stretches, whole = self._block(block)
            if first <= block * BLOCK_SECONDS and whole < left:
                left -= whole
                continue
            for begin, end in stretches:
                begin = max(begin, first)
                if end - begin >= left:
                    return instant(begin + left)
                left -= max(0, end - begin)
        raise NeverOpen(f"The calendar is not open for {seconds} seconds within thirty years of {start}.")

    def intervals(self, start: datetime, end: datetime) -> list[Span]:
        """The openings within [start, end), in order, none touching another."""
        first, last = _second(start), _second(end)
        blocks = range(first // BLOCK_SECONDS, -(-last // BLOCK_SECONDS))
        clipped = (
            (max(begin, first), min(stop, last))
            for begin, stop in merged(stretch for block in blocks for stretch in self._block(block)[0])
        )
        return [Span(instant(begin), instant(stop)) for begin, stop in clipped if begin < stop]

    def is_open(self, at: datetime) -> bool:
        second = _second(at)
        stretches, _ = self._block(second // BLOCK_SECONDS)
        index = bisect_right(stretches, (second, second + 2 * BLOCK_SECONDS)) - 1
        return index >= 0 and second < stretches[index][1]

    def next_opening(self, at: datetime) -> datetime | None:
        """`at` itself when open, else the next instant of opening; None when there is none."""
        first = _second(at)
        for begin, end in self._ahead(first):
            if end > first:
                return instant(max(begin, first))
        return None

    def next_closing(self, at: datetime) -> datetime | None:
        """The end of the opening that holds `at`, or of the next one; None when it never closes."""
        first = _second(at)
        horizon = (first // BLOCK_SECONDS + HORIZON_BLOCKS) * BLOCK_SECONDS
        closing = None
        # Block by block, for the whole horizon is thirty years and the closing mostly today.
        for begin, end in self._ahead(first):
            if closing is not None and begin > closing:
                break
            closing = end if end > first else None
        return instant(closing) if closing is not None and closing < horizon else None

    def _ahead(self, first: int) -> Iterator[Stretch]:
        for block in _blocks_from(first):
            yield from self._block(block)[0]

    def _block(self, block: int) -> tuple[list[Stretch], int]:
        known = self._known.get(block)
        if known is None:
            stretches = self._stretches(block)
            known = stretches, sum(end - begin for begin, end in stretches)
            self._known[block] = known
        return known


class WorkingCalendar(Schedule):
    """One place: weekly rules in `zone`, in versions, and days that are closed or special.

    A window belongs to the local day on which it begins: closing a day removes what begins
    on it and leaves the end of the night before. An empty list in `special_days` closes the
    day; windows there replace the weekly ones. Before the first version the place is closed.
    """

    def __init__(
        self,
        zone: str,
        versions: Iterable[WeeklyRules],
        special_days: Mapping[date, Sequence[Window]] | None = None,
    ) -> None:
        super().__init__()
        self.zone = zone_named(zone)
        self.versions = sorted(versions, key=lambda version: version.effective_on)
        self.special_days = dict(special_days or {})
        if any(one.effective_on == other.effective_on for one, other in pairwise(self.versions)):
            raise ValueError("Two versions of the weekly rules take effect on the same day.")
        self._effective = [version.effective_on for version in self.versions]
        self._differing = sorted(self.special_days)
        self._always = [version.never_closes() for version in self.versions]

    def windows_on(self, day: date) -> Sequence[Window]:
        """The openings that begin on the local date `day`."""
        if day in self.special_days:
            return self.special_days[day]
        index = bisect_right(self._effective, day) - 1
        return self.versions[index].openings.get(day.weekday(), ()) if index >= 0 else ()

    def _stretches(self, block: int) -> list[Stretch]:
        start, stop = block * BLOCK_SECONDS, (block + 1) * BLOCK_SECONDS
        # Three days cover the longest window, the widest offset and the skipped day of a moved date line.
        first_day = instant(start).date() - timedelta(days=3)
        days = [first_day + timedelta(days=index) for index in range(BLOCK_SECONDS // 86_400 + 6)]
        if self._is_always_open(days[0], days[-1]):
            return [(start, stop)]
        openings = sorted(self._opening(day, window) for day in days for window in self.windows_on(day))
        return merged((max(begin, start), min(end, stop)) for begin, end in openings)

    def _is_always_open(self, first: date, last: date) -> bool:
        """Whether one version that never closes holds from one day to another, and no day differs."""
        index = bisect_right(self._effective, last) - 1
        if index < 0 or not self._always[index] or self._effective[index] > first:
            return False
        return bisect_left(self._differing, first) == bisect_right(self._differing, last)

    def _opening(self, day: date, window: Window) -> Stretch:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time of the zone
        begin = midnight + timedelta(minutes=window.start_minute)
        end = midnight + timedelta(minutes=window.end_minute)
        return epoch_second(begin, self.zone, Edge.BEGINNING), epoch_second(end, self.zone, Edge.END)


class Union(Schedule):
    """Open whenever any of its parts is: several desks that follow the sun."""

    def __init__(self, parts: Iterable[Schedule]) -> None:
        super().__init__()
        self.parts = tuple(parts)

    def _stretches(self, block: int) -> list[Stretch]:
        return merged(sorted(stretch for part in self.parts for stretch in part._block(block)[0]))


class Intersection(Schedule):
    """Open whenever all of its parts are; without parts it is always open."""

    def __init__(self, parts: Iterable[Schedule]) -> None:
        super().__init__()
        self.parts = tuple(parts)

    def _stretches(self, block: int) -> list[Stretch]:
        shared = [(block * BLOCK_SECONDS, (block + 1) * BLOCK_SECONDS)]
        for part in self.parts:
            shared = common(shared, part._block(block)[0])
        return shared


class AlwaysOpen(Intersection):
    """Open at all times."""

    def __init__(self) -> None:
        super().__init__(())


ALWAYS_OPEN = AlwaysOpen()


def _blocks_from(second: int) -> range:
    first = second // BLOCK_SECONDS
    return range(first, first + HORIZON_BLOCKS)


def _second(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError(f"The instant {at} has no time zone.")
    return int(at.timestamp() // 1)
