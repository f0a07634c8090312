"""What must hold of working time, checked against a clock that walks minute by minute.

The walking clock reads every UTC minute off the wall of the zone and finds, for each
window, the first minute at which the wall shows its start and the last at which it shows
its end. It knows nothing of offsets and folds.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.working_time import (
    ALWAYS_OPEN,
    Intersection,
    NeverOpen,
    Union,
    WeeklyRules,
    Window,
    WorkingCalendar,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# A zone and a day on or next to which its clocks jump (or, for the first two, never do).
TURNS = [
    ("UTC", date(2024, 3, 10)),
    ("Asia/Kolkata", date(2024, 3, 10)),
    ("America/New_York", date(2024, 3, 10)),
    ("America/New_York", date(2024, 11, 3)),
    ("Europe/Vienna", date(2024, 3, 31)),
    ("Europe/Vienna", date(2024, 10, 27)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),
    ("Australia/Lord_Howe", date(2024, 10, 6)),
    ("America/Havana", date(2024, 3, 10)),
    ("America/Havana", date(2024, 11, 3)),
    ("Asia/Beirut", date(2024, 3, 31)),
    ("America/Santiago", date(2024, 4, 7)),
    ("America/Santiago", date(2024, 9, 8)),
    ("Pacific/Apia", date(2011, 12, 30)),
]

windows = st.builds(
    lambda start, length: Window(start, start + length),
    st.integers(0, 95).map(lambda quarter: quarter * 15),
    st.integers(1, 96).map(lambda quarter: quarter * 15),
)
weeks = st.dictionaries(st.integers(0, 6), st.lists(windows, max_size=3), max_size=7)


@st.composite
def calendars(draw, turn):
    zone, day = turn
    rules = [WeeklyRules(date(2000, 1, 1), draw(weeks))]
    if draw(st.booleans()):
        rules.append(WeeklyRules(day + draw(st.integers(-2, 2)) * DAY, draw(weeks)))
    special = draw(st.dictionaries(st.integers(-3, 3), st.lists(windows, max_size=2), max_size=2))
    return WorkingCalendar(
        zone, rules, {day + offset * DAY: day_windows for offset, day_windows in special.items()}
    )


class WalkingClock:
    """Which UTC minutes around a day are open, found by looking at the wall."""

    def __init__(self, zone: str, day: date) -> None:
        self.start = datetime(day.year, day.month, day.day, tzinfo=UTC) - 5 * DAY
        place = ZoneInfo(zone)
        self.walls = [
            (self.start + index * MINUTE).astimezone(place).replace(tzinfo=None) for index in range(15_840)
        ]

        self.lasts = {wall: index for index, wall in enumerate(self.walls)}
        self.firsts = {wall: index for index, wall in reversed(list(enumerate(self.walls)))}

    def open_minutes(self, calendar: WorkingCalendar) -> set[int]:
        minutes: set[int] = set()
        days = {wall.date() for wall in self.walls} | {
            self.walls[0].date() + index * DAY for index in range(10)
        }
        for day in days:
            midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
            for window in calendar.windows_on(day):
                begin = self.first(midnight + window.start_minute * MINUTE)
                end = self.last(midnight + window.end_minute * MINUTE)
                minutes.update(range(begin, end))
        return minutes

    def first(self, wall: datetime) -> int:
        return self.firsts.get(wall) or self.after(wall)

    def last(self, wall: datetime) -> int:
        return self.lasts.get(wall) or self.after(wall)

    def after(self, wall: datetime) -> int:
        return next((index for index, shown in enumerate(self.walls) if shown > wall), len(self.walls))


CLOCKS = {turn: WalkingClock(*turn) for turn in TURNS}
turned = st.sampled_from(TURNS).flatmap(lambda turn: st.tuples(st.just(turn), calendars(turn)))
inside = st.integers(3 * 1440, 7 * 1440)


@settings(deadline=None, max_examples=60)
@given(turned, inside, st.integers(0, 2 * 1440))
def test_open_seconds_and_intervals_agree_with_the_walking_clock(case, first, length):
    turn, calendar = case
    clock = CLOCKS[turn]
    open_minutes = clock.open_minutes(calendar)
    start, end = clock.start + first * MINUTE, clock.start + (first + length) * MINUTE
    expected = 60 * sum(index in open_minutes for index in range(first, first + length))
    assert calendar.open_seconds(start, end) == expected
    assert sum(span.seconds for span in calendar.intervals(start, end)) == expected
    assert calendar.is_open(start) == (first in open_minutes)


@settings(deadline=None, max_examples=40)
@given(turned, inside, st.integers(0, 3 * 86_400))
def test_due_at_is_the_least_instant_with_that_much_open_time(case, first, seconds):
    turn, calendar = case
    start = CLOCKS[turn].start + first * MINUTE
    try:
        due = calendar.due_at(start, seconds)
    except NeverOpen:
        assert calendar.open_seconds(start, start + 9000 * DAY) < seconds
        return
    assert calendar.open_seconds(start, due) == seconds
    if seconds:
        assert calendar.open_seconds(start, due - timedelta(seconds=1)) == seconds - 1


@settings(deadline=None, max_examples=60)
@given(turned, inside, inside, inside)
def test_open_seconds_add_over_adjoining_stretches(case, one, two, three):
    turn, calendar = case
    low, middle, high = (CLOCKS[turn].start + index * MINUTE for index in sorted((one, two, three)))
    assert calendar.open_seconds(low, high) == calendar.open_seconds(low, middle) + calendar.open_seconds(
        middle, high
    )


@settings(deadline=None, max_examples=60)
@given(turned, turned, inside)
def test_union_and_intersection_add_to_their_parts(one, other, first):
    parts = (one[1], other[1])
    start = CLOCKS[one[0]].start + first * MINUTE
    end = start + 40 * DAY
    both, either = Intersection(parts), Union(parts)
    assert both.open_seconds(start, end) + either.open_seconds(start, end) == sum(
        part.open_seconds(start, end) for part in parts
    )
    assert either.is_open(start) == any(part.is_open(start) for part in parts)
    assert both.is_open(start) == all(part.is_open(start) for part in parts)


@settings(deadline=None, max_examples=60)
@given(turned, inside)
def test_openings_and_closings_bound_the_intervals(case, first):
    turn, calendar = case
    at = CLOCKS[turn].start + first * MINUTE
    opening, closing = calendar.next_opening(at), calendar.next_closing(at)
    if opening is None:
        assert closing is None
        return
    assert calendar.is_open(opening)
    assert calendar.open_seconds(at, opening) == 0
    if closing is not None:
        assert not calendar.is_open(closing)
        assert calendar.open_seconds(opening, closing) == (closing - opening).total_seconds()


def weekdays(text: str) -> dict[int, list[Window]]:
    return {day: [Window.parse(text)] for day in range(5)}


def test_a_whole_spring_day_has_twenty_three_hours_and_an_autumn_day_twenty_five():
    everyday = {day: [Window.parse("00:00-24:00")] for day in range(7)}
    calendar = WorkingCalendar("Europe/Vienna", [WeeklyRules(date(2000, 1, 1), everyday)])
    place = ZoneInfo("Europe/Vienna")
    for day, hours in ((date(2024, 3, 31), 23), (date(2024, 10, 27), 25), (date(2024, 6, 1), 24)):
        start = datetime(day.year, day.month, day.day, tzinfo=place)
        midnight_after = datetime(day.year, day.month, day.day, tzinfo=place) + DAY
        assert calendar.open_seconds(start, midnight_after) == hours * 3600


def test_a_promise_made_on_friday_evening_falls_due_on_monday():
    calendar = WorkingCalendar("Africa/Nairobi", [WeeklyRules(date(2000, 1, 1), weekdays("08:00-17:00"))])
    friday = datetime(2024, 5, 3, 16, 30, tzinfo=ZoneInfo("Africa/Nairobi"))
    assert calendar.due_at(friday, 3600) == datetime(2024, 5, 6, 8, 30, tzinfo=ZoneInfo("Africa/Nairobi"))
    assert calendar.due_at(friday, 1800) == datetime(2024, 5, 3, 17, 0, tzinfo=ZoneInfo("Africa/Nairobi"))


def test_a_closed_day_keeps_the_end_of_the_night_before():
    nights = WorkingCalendar(
        "UTC",
        [WeeklyRules(date(2000, 1, 1), {day: [Window.parse("22:00-06:00")] for day in range(7)})],
        {date(2024, 12, 25): []},
    )
    assert nights.is_open(datetime(2024, 12, 25, 5, tzinfo=UTC))
    assert not nights.is_open(datetime(2024, 12, 25, 23, tzinfo=UTC))
    assert not nights.is_open(datetime(2024, 12, 26, 5, tzinfo=UTC))


def test_always_open_never_closes_and_no_rules_never_open():
    noon = datetime(2024, 5, 3, 12, tzinfo=UTC)
    assert ALWAYS_OPEN.due_at(noon, 90) == noon + timedelta(seconds=90)
    assert ALWAYS_OPEN.next_opening(noon) == noon
    assert ALWAYS_OPEN.next_closing(noon) is None
    assert ALWAYS_OPEN.intervals(noon, noon + 90 * DAY)[0].seconds == 90 * 86_400
    closed = WorkingCalendar("UTC", [])
    assert closed.next_opening(noon) is None
    with pytest.raises(NeverOpen):
        closed.due_at(noon, 1)


def check_counted_alike(zone: str, day: date, week: dict[int, list[Window]]) -> None:
    """A day that differs, but says what the week says, has its openings counted one by one."""
    rules, first = WeeklyRules(date(2000, 1, 1), week), day - 40 * DAY
    alike = {first + n * DAY: week.get((first + n * DAY).weekday(), []) for n in range(81)}
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    plain, counted = WorkingCalendar(zone, [rules]), WorkingCalendar(zone, [rules], alike)
    assert plain.intervals(start, start + 80 * DAY) == counted.intervals(start, start + 80 * DAY)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(TURNS), weeks)
def test_days_that_differ_in_nothing_change_nothing(turn, week):
    check_counted_alike(*turn, week)


@pytest.mark.parametrize("start_minute", [0, 720, 1200])
@pytest.mark.parametrize("turn", TURNS)
def test_a_week_without_a_gap_never_closes_before_its_version_ends(turn, start_minute):
    zone, day = turn
    week = {
        n: [
            Window(start_minute, start_minute + 1380),
            Window((start_minute + 1320) % 1440, (start_minute + 1320) % 1440 + 180),
        ]
        for n in range(7)
    }
    rules = WeeklyRules(date(2000, 1, 1), week)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert rules.never_closes()
    check_counted_alike(zone, day, week)
    assert WorkingCalendar(zone, [rules]).next_closing(noon) is None
    last = WorkingCalendar(zone, [rules, WeeklyRules(day + 90 * DAY, {})]).next_closing(noon)
    assert noon + 88 * DAY < last < noon + 92 * DAY
    assert not WeeklyRules(date(2000, 1, 1), week | {3: []}).never_closes()


@pytest.mark.parametrize(
    "text", ["", "8-17", "08:00-25:00", "08:60-17:00", "08:00-08:00", "24:00-25:00", "a:b-c:d"]
)
def test_what_is_no_opening_is_refused(text):
    with pytest.raises(ValueError, match="opening|window"):
        Window.parse(text)


def test_naive_instants_unknown_zones_and_doubled_versions_are_refused():
    with pytest.raises(ValueError, match="no time zone"):
        ALWAYS_OPEN.open_seconds(datetime(2024, 1, 1), datetime(2024, 1, 2))  # noqa: DTZ001
    with pytest.raises(ValueError, match="IANA"):
        WorkingCalendar("Mars/Olympus", [])
    with pytest.raises(ValueError, match="same day"):
        WorkingCalendar("UTC", [WeeklyRules(date(2020, 1, 1), {}), WeeklyRules(date(2020, 1, 1), {})])
    with pytest.raises(ValueError, match="weekday"):
        WeeklyRules(date(2020, 1, 1), {7: []})
    with pytest.raises(ValueError, match="below zero"):
        ALWAYS_OPEN.due_at(datetime(2024, 1, 1, tzinfo=UTC), -1)
