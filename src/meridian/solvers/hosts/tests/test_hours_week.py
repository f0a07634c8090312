"""The reference week: local hours land on the right hours of UTC, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.solvers.hosts.hours_week import HOURS_OF_WEEK, hour_name, in_utc

WINTER, SUMMER, CHANGING = date(2026, 1, 12), date(2026, 7, 13), date(2026, 3, 23)
MONDAY_NINE = [1.0 if hour == 9 else 0.0 for hour in range(HOURS_OF_WEEK)]


@pytest.mark.parametrize(
    ("zone", "week", "hours"),
    [
        ("UTC", WINTER, [9]),
        ("Africa/Nairobi", WINTER, [6]),
        ("America/New_York", WINTER, [14]),
        ("America/New_York", SUMMER, [13]),
        ("Europe/Zurich", WINTER, [8]),
        ("Europe/Zurich", SUMMER, [7]),
        ("Pacific/Kiritimati", WINTER, [163]),
        ("Asia/Kolkata", WINTER, [3, 4]),
    ],
)
def test_nine_on_monday_is_where_the_zone_stands_in_that_week(zone, week, hours):
    shifted = in_utc(MONDAY_NINE, zone, week)
    assert [hour for hour, use in enumerate(shifted) if use] == hours


def test_a_week_in_which_the_clock_changes_runs_as_it_really_does():
    # Clocks in Zurich go from 02:00 to 03:00 on Sunday: noon is 11:00 UTC until then, 10:00 after.
    noon = [1.0 if hour % 24 == 12 else 0.0 for hour in range(HOURS_OF_WEEK)]
    hours = [hour for hour, use in enumerate(in_utc(noon, "Europe/Zurich", CHANGING)) if use]
    assert hours == [11, 35, 59, 83, 107, 131, 154]


@given(
    zone=st.sampled_from(["Asia/Kathmandu", "America/St_Johns", "Europe/Zurich", "Australia/Lord_Howe"]),
    weeks=st.integers(0, 200),
    hour=st.integers(0, HOURS_OF_WEEK - 1),
    minute=st.integers(0, 59),
)
def test_every_minute_is_covered_by_the_use_of_its_own_local_hour(zone, weeks, hour, minute):
    week = WINTER + timedelta(weeks=weeks)
    local = [float(each) for each in range(HOURS_OF_WEEK)]
    moment = datetime(week.year, week.month, week.day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)
    there = moment.astimezone(ZoneInfo(zone))
    assert in_utc(local, zone, week)[hour] >= there.weekday() * 24 + there.hour


def test_hours_have_names():
    assert (hour_name(0), hour_name(33), hour_name(167)) == (
        "Monday 00:00",
        "Tuesday 09:00",
        "Sunday 23:00",
    )
