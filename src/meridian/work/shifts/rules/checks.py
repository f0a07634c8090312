"""What a roster does to people: rest between shifts, nights in a row, and how evenly work is shared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

LEAST_REST = timedelta(hours=11)
MOST_NIGHTS = 4
# Whoever works at three in the morning has a night.
NIGHT_HOUR = 3


@dataclass(frozen=True, slots=True)
class Load:
    """What a person's shifts come to. `short_rests` are the instants at which a shift begins less than
    eleven hours after the one before; `nights_in_row` the longest run."""

    hours: float
    shifts: int
    nights: int
    nights_in_row: int
    shortest_rest: timedelta | None
    short_rests: tuple[datetime, ...]


def loads(shifts: Iterable[tuple[int, datetime, datetime]], zone: tzinfo) -> dict[int, Load]:
    """By person, of shifts (person, start, end); shifts that touch are one stay."""
    by_person: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for person, start, end in sorted(shifts):
        stays = by_person[person]
        # Instants on either side of a change of the clock are compared in UTC.
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if stays and start <= stays[-1][1]:
            stays[-1] = stays[-1][0], max(end, stays[-1][1])
        else:
            stays.append((start, end))
    return {person: _load(stays, zone) for person, stays in by_person.items()}


def _load(stays: Sequence[tuple[datetime, datetime]], zone: tzinfo) -> Load:
    seconds = sum((end - start).total_seconds() for start, end in stays)
    rests = [(later - end, later) for (_start, end), (later, _end) in zip(stays, stays[1:], strict=False)]
    nights = sorted({night for start, end in stays for night in _nights(start, end, zone)})
    return Load(
        hours=seconds / 3600,
        shifts=len(stays),
        nights=len(nights),
        nights_in_row=_longest_run(nights),
        shortest_rest=min((rest for rest, _at in rests), default=None),
        short_rests=tuple(at for rest, at in rests if rest < LEAST_REST),
    )


def _nights(start: datetime, end: datetime, zone: tzinfo) -> Iterable[int]:
    """The days (by number) on which somebody is at work at three in the morning."""
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date():
        at = datetime(day.year, day.month, day.day, NIGHT_HOUR, tzinfo=zone).astimezone(UTC)
        if start <= at < end:
            yield day.toordinal()
        day += timedelta(days=1)


def _longest_run(days: Sequence[int]) -> int:
    longest = run = 0
    before = None
    for day in days:
        run = run + 1 if before is not None and day == before + 1 else 1
        longest, before = max(longest, run), day
    return longest


def balance_score(hours: Mapping[int, float]) -> int:
    """How evenly hours are shared, from 0 to 100: 100 less the mean deviation from the mean, in per
    cent of the mean. Who has no hours counts; a team of nobody, or without hours, is even."""
    if not hours or not sum(hours.values()):
        return 100
    mean = sum(hours.values()) / len(hours)
    deviation = sum(abs(each - mean) for each in hours.values()) / len(hours)
    return max(0, round(100 * (1 - deviation / mean)))
