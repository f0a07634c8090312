"""What the register holds is what the kernel counts with."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from house.factory import MAKER
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from meridian.kernel.working_time import WeeklyRules, Window, WorkingCalendar
from meridian.registers.calendars.commands import add_calendar, add_calendar_day, add_calendar_version
from meridian.registers.calendars.facade import forget_working_times, working_time, working_times
from meridian.registers.calendars.models import Calendar

HOURS = some.integers(0, 23).flatmap(
    lambda start: some.integers(start + 1, 24).map(lambda end: [f"{start:02d}:00", f"{end:02d}:00"])
)
WEEKS = some.dictionaries(
    some.integers(1, 7), some.lists(HOURS, min_size=1, max_size=1), min_size=1, max_size=7
)
ZONES = some.sampled_from(
    ["UTC", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
YEAR_STARTS_AT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
MOMENTS = some.integers(0, 365 * 24 * 60).map(
    lambda minutes: YEAR_STARTS_AT + datetime.timedelta(minutes=minutes)
)


@pytest.fixture(autouse=True)
def forgotten():
    forget_working_times()
    yield
    forget_working_times()


class Kept(TestCase):
    @settings(max_examples=25)
    @given(ZONES, WEEKS, WEEKS, some.lists(HOURS, max_size=1), some.lists(MOMENTS, min_size=1, max_size=6))
    def test_a_stored_calendar_is_open_when_the_kernels_is(self, zone, first, second, special, moments):
        forget_working_times()
        changes_on, differs_on = datetime.date(2026, 6, 1), moments[0].date()
        calendar = add_calendar(actor=MAKER, code="CAL", name={"en": "Calendar"}, zone=zone)
        for effective_on, weekly in ((datetime.date(2026, 1, 1), first), (changes_on, second)):
            stored = {str(weekday): openings for weekday, openings in weekly.items()}
            add_calendar_version(actor=MAKER, calendar=calendar, effective_on=effective_on, weekly=stored)
        add_calendar_day(actor=MAKER, calendar=calendar, on=differs_on, intervals=special)
        expected = WorkingCalendar(
            zone,
            [rules(datetime.date(2026, 1, 1), first), rules(changes_on, second)],
            {differs_on: windows(special)},
        )
        kept = working_time(calendar.pk)
        for moment in moments:
            assert kept.is_open(moment) == expected.is_open(moment)
            assert kept.next_opening(moment) == expected.next_opening(moment)


def rules(effective_on: datetime.date, weekly: dict) -> WeeklyRules:
    return WeeklyRules(effective_on, {weekday - 1: windows(openings) for weekday, openings in weekly.items()})


def windows(openings: list) -> list[Window]:
    return [Window.parse(f"{start}-{end}") for start, end in openings]


@pytest.mark.django_db
def test_many_calendars_take_as_many_statements_as_one():
    def read(calendars: list[Calendar]) -> int:
        forget_working_times()
        with CaptureQueriesContext(connection) as captured:
            assert set(working_times(found.pk for found in calendars)) == {found.pk for found in calendars}
        return len(captured)

    calendars = [
        add_calendar(actor=MAKER, code=f"CAL{n}", name={"en": "Calendar"}, zone="UTC") for n in range(6)
    ]
    assert read(calendars[:1]) == read(calendars) == 3
    with CaptureQueriesContext(connection) as captured:
        working_times(found.pk for found in calendars)
    assert len(captured) == 0


@pytest.mark.django_db
def test_a_calendar_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        working_time(123_456_789)
