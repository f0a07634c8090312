"""Who is on duty, against an oracle that walks minute by minute and knows no arithmetic of zones."""

import os
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.local_time import instant
from meridian.work.shifts.rules.rotations import (
    ALONE,
    ALSO,
    INSTEAD,
    Change,
    Rule,
    duties,
    occurrences,
    whose_turn,
)

EXAMPLES = 2_000 if os.environ.get("MERIDIAN_SOAK") else 25
# Spring and autumn north and south, a change of half an hour, one at midnight, and none at all.
PLACES = (
    ("Europe/Rome", date(2026, 3, 28)),
    ("Europe/Rome", date(2026, 10, 24)),
    ("America/New_York", date(2026, 3, 7)),
    ("America/New_York", date(2026, 10, 31)),
    ("Australia/Lord_Howe", date(2026, 4, 4)),
    ("Africa/Cairo", date(2026, 4, 23)),
    ("America/Santiago", date(2026, 9, 5)),
    ("Africa/Nairobi", date(2026, 5, 4)),
)
STEP = timedelta(minutes=10)
wall_times = st.integers(0, 143).map(lambda ten: time(ten // 6, ten % 6 * 10))


@st.composite
def rosters(draw):
    """A few rotations over a change of the clocks, with changes and absences, on ten-minute marks."""
    zone, around = draw(st.sampled_from(PLACES))
    rules = [
        Rule(
            key=key,
            layer=draw(st.integers(1, 2)),
            zone=zone,
            starts_on=around - timedelta(days=draw(st.integers(0, 9))),
            ends_on=draw(st.sampled_from([None, around, around + timedelta(days=1)])),
            weekdays=frozenset(draw(st.sets(st.integers(1, 7), min_size=4))),
            every_weeks=draw(st.integers(1, 2)),
            begins=draw(wall_times),
            ends=draw(wall_times),
            members=tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True))),
            at_once=draw(st.integers(0, 2)),
            turn_days=draw(st.integers(1, 3)),
        )
        for key in range(1, draw(st.integers(1, 3)) + 1)
    ]
    midnight = datetime.combine(around, time(), UTC)
    changes = []
    for key in range(draw(st.integers(0, 2))):
        way = draw(st.sampled_from([ALSO, INSTEAD, ALONE]))
        begin, end = draw(spans(midnight))
        other = draw(st.integers(1, 4)) if way == INSTEAD else None
        changes.append(Change(key + 1, "override", way, draw(st.integers(1, 5)), other, begin, end))
    absences = [(draw(st.integers(1, 5)), *draw(spans(midnight))) for _ in range(draw(st.integers(0, 2)))]
    return rules, changes, absences, midnight


@st.composite
def spans(draw, midnight):
    begin = int(midnight.timestamp()) + 600 * draw(st.integers(0, 143))
    return begin, begin + 600 * draw(st.integers(1, 143))


@settings(max_examples=EXAMPLES, deadline=None)
@given(rosters())
def test_shifts_say_who_is_on_duty_as_the_walk_of_minutes_does(roster):
    rules, changes, absences, midnight = roster
    first, last = (midnight - timedelta(days=2)).date(), (midnight + timedelta(days=3)).date()
    found = duties(rules, changes, absences, first, last)
    at = midnight
    while at < midnight + timedelta(days=2):
        second = int(at.timestamp())
        here = [duty.person for duty in found if duty.begin <= second < duty.end]
        assert len(here) == len(set(here)), "nobody is on duty twice at once"
        assert set(here) == walked(rules, changes, absences, at), at
        at += STEP


def walked(rules, changes, absences, at):
    """Who is on duty at an instant, by asking each rule of each day near it, then each change in turn."""
    second = int(at.timestamp())
    by_layer = {}
    for rule in rules:
        people = {
            person
            for offset in range(-2, 2)
            for day in [at.date() + timedelta(days=offset)]
            if runs(rule, day) and begins_and_ends(rule.zone, day, rule.begins, rule.ends, at)
            for person in whose_turn(rule, day)
        }
        if people:
            by_layer.setdefault(rule.layer, set()).update(people)
    here = by_layer[max(by_layer)] if by_layer else set()
    for change in changes:
        if change.begin <= second < change.end:
            if change.way == ALSO:
                here = here | {change.person}
            elif change.way == ALONE:
                here = {change.person}
            elif change.instead_of in here:
                here = here - {change.instead_of} | {change.person}
    return here - {person for person, begin, end in absences if begin <= second < end}


def runs(rule, day):
    if day < rule.starts_on or (rule.ends_on and day > rule.ends_on) or day.isoweekday() not in rule.weekdays:
        return False
    week = 0
    for each in range((day - rule.starts_on).days):
        week += (rule.starts_on + timedelta(days=each + 1)).isoweekday() == 1
    return week % rule.every_weeks == 0


def begins_and_ends(zone, day, begins, ends, at):
    until = day if ends > begins else day + timedelta(days=1)
    first, _last = shown(zone, datetime.combine(day, begins))
    _first, last = shown(zone, datetime.combine(until, ends))
    return first <= at < last


@cache
def shown(zone, wall):
    """The first minute at which the clock shows this wall time or is past it, and the minute after the
    last one before which it showed less."""
    place = ZoneInfo(zone)
    at = datetime.combine(wall.date(), time(), UTC) - timedelta(hours=14)
    first = last = None
    for _minute in range(60 * 54):
        reads = at.astimezone(place).replace(tzinfo=None)
        if first is None and reads >= wall:
            first = at
        at += timedelta(minutes=1)
        if reads < wall:
            last = at
    return first, last


def rule(**given):
    values = {
        "key": 1,
        "layer": 1,
        "zone": "Europe/Rome",
        "starts_on": date(2026, 3, 23),
        "ends_on": None,
        "weekdays": frozenset(range(1, 8)),
        "every_weeks": 1,
        "begins": time(0),
        "ends": time(0),
        "members": (1, 2, 3),
        "at_once": 1,
        "turn_days": 1,
    }
    return Rule(**{**values, **given})


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
)
def test_a_day_of_duty_is_as_long_as_the_day_is_there(day, hours):
    duty = next(occurrences(rule(), day, day))
    assert duty.end - duty.begin == hours * 3600


def test_a_shift_in_the_hour_that_is_skipped_is_none_and_one_over_it_begins_after_it():
    spring = date(2026, 3, 29)
    assert not list(occurrences(rule(begins=time(2, 10), ends=time(2, 50)), spring, spring))
    duty = next(occurrences(rule(begins=time(2, 30), ends=time(6)), spring, spring))
    assert instant(duty.begin) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_shift_over_the_hour_that_comes_twice_has_both():
    autumn = date(2026, 10, 25)
    duty = next(occurrences(rule(begins=time(2), ends=time(3)), autumn, autumn))
    assert duty.end - duty.begin == 2 * 3600


def test_members_take_turns_in_their_order():
    days = [date(2026, 3, 23) + timedelta(days=each) for each in range(5)]
    assert [whose_turn(rule(), day) for day in days] == [[1], [2], [3], [1], [2]]
    assert [whose_turn(rule(at_once=2), day) for day in days[:3]] == [[1, 2], [3, 1], [2, 3]]
    assert whose_turn(rule(at_once=0), days[0]) == [1, 2, 3]
    assert [whose_turn(rule(turn_days=2), day) for day in days[:4]] == [[1], [1], [2], [2]]
