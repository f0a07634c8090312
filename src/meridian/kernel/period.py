"""Half-open periods of days and of instants, and the fiscal periods of a public body.

A period holds its start and not its end, so that neighbours tile without a gap or an
overlap. `Period` counts local dates; `Span` counts instants and always has a time zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start_on` up to and without `end_on`; never empty."""

    start_on: date
    end_on: date

    def __post_init__(self) -> None:
        if self.end_on <= self.start_on:
            raise ValueError(f"A period must end after it starts: {self.start_on} to {self.end_on}.")

    @property
    def days(self) -> int:
        return (self.end_on - self.start_on).days

    @property
    def last_day(self) -> date:
        """The last day inside, as people write it: 31 December for a calendar year."""
        return self.end_on - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start_on <= day < self.end_on

    def covers(self, other: "Period") -> bool:
        return self.start_on <= other.start_on and other.end_on <= self.end_on

    def overlap(self, other: "Period") -> "Period | None":
        """The days that are in both, or None."""
        start_on, end_on = max(self.start_on, other.start_on), min(self.end_on, other.end_on)
        return Period(start_on, end_on) if start_on < end_on else None

    def months(self) -> "list[Period]":
        """The calendar months of this period, the first and the last cut where it starts and ends."""
        parts: list[Period] = []
        start_on = self.start_on
        while start_on < self.end_on:
            end_on = min(add_months(start_on.replace(day=1), 1), self.end_on)
            parts.append(Period(start_on, end_on))
            start_on = end_on
        return parts

    def __str__(self) -> str:
        return f"{self.start_on} to {self.last_day}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Instants from `start_at` up to and without `end_at`, both with a zone; never empty."""

    start_at: datetime
    end_at: datetime

    def __post_init__(self) -> None:
        if self.start_at.tzinfo is None or self.end_at.tzinfo is None:
            raise ValueError("A span needs instants with a time zone.")
        if self.end_at <= self.start_at:
            raise ValueError(f"A span must end after it starts: {self.start_at} to {self.end_at}.")

    @property
    def seconds(self) -> float:
        return (self.end_at - self.start_at).total_seconds()

    def __contains__(self, instant: datetime) -> bool:
        return self.start_at <= instant < self.end_at

    def overlap(self, other: "Span") -> "Span | None":
        """The instants that are in both, or None."""
        start_at, end_at = max(self.start_at, other.start_at), min(self.end_at, other.end_at)
        return Span(start_at, end_at) if start_at < end_at else None


class FiscalKind(StrEnum):
    """How a fund cuts time: by year, by two years from an even one, or from July to June."""

    CALENDAR_YEAR = "calendar_year"
    BIENNIUM = "biennium"
    JULY_JUNE = "july_june"


@dataclass(frozen=True, slots=True)
class FiscalPeriod:
    """A budget period of one kind, known by the year in which it starts."""

    kind: FiscalKind
    start_year: int

    def __post_init__(self) -> None:
        if self.kind is FiscalKind.BIENNIUM and self.start_year % 2:
            raise ValueError(f"A biennium starts in an even year, not in {self.start_year}.")

    @property
    def period(self) -> Period:
        if self.kind is FiscalKind.JULY_JUNE:
            return Period(date(self.start_year, 7, 1), date(self.start_year + 1, 7, 1))
        length = 2 if self.kind is FiscalKind.BIENNIUM else 1
        return Period(date(self.start_year, 1, 1), date(self.start_year + length, 1, 1))

    @property
    def label(self) -> str:
        """`2020`, `2010-2011` for a biennium, `2010/11` from July to June."""
        if self.kind is FiscalKind.CALENDAR_YEAR:
            return f"{self.start_year}"
        if self.kind is FiscalKind.BIENNIUM:
            return f"{self.start_year}-{self.start_year + 1}"
        return f"{self.start_year}/{(self.start_year + 1) % 100:02d}"

    def following(self) -> "FiscalPeriod":
        return FiscalPeriod(self.kind, self.start_year + (2 if self.kind is FiscalKind.BIENNIUM else 1))

    @classmethod
    def holding(cls, kind: FiscalKind, day: date) -> "FiscalPeriod":
        """The period of this kind that `day` falls in."""
        year = day.year
        if kind is FiscalKind.JULY_JUNE and day.month < 7:
            year -= 1
        if kind is FiscalKind.BIENNIUM:
            year -= year % 2
        return cls(kind, year)

    @classmethod
    def parse(cls, label: str) -> "FiscalPeriod":
        """Read what `label` writes; anything else raises ValueError."""
        for kind, separator in ((FiscalKind.BIENNIUM, "-"), (FiscalKind.JULY_JUNE, "/")):
            start, found, _ = label.partition(separator)
            if found and start.isdecimal():
                period = cls(kind, int(start))
                if period.label == label:
                    return period
        if len(label) == 4 and label.isdecimal():
            return cls(FiscalKind.CALENDAR_YEAR, int(label))
        raise ValueError(f"{label!r} is no budget period; write 2020, 2010-2011 or 2010/11.")


def add_months(day: date, count: int) -> date:
    """The same day `count` months on, or the last day of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + count
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)


def months_shared(source: Period, targets: Iterable[Period]) -> list[int]:
    """How many whole months of `source` fall in each target: the table by which amounts move.

    An amount of a July-June period goes to calendar years by this count (six and six for a
    full year, but ten and two for September to August), never by halves. A period that does
    not start and end on the first of a month raises ValueError.
    """
    counts = []
    for period in (periods := [source, *targets]):
        if period.start_on.day != 1 or period.end_on.day != 1:
            raise ValueError(f"The period {period} is not made of whole months.")
    for target in periods[1:]:
        shared = source.overlap(target)
        counts.append(len(shared.months()) if shared else 0)
    return counts
