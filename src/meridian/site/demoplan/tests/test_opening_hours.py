"""Array arithmetic on opening hours agrees with counting second by second, and comes back."""

import datetime
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from meridian.site.demoplan.opening_hours import DAY, HOUR, Offsets, OpeningHours

START = 1_767_225_600
ZONES = ("Africa/Khartoum", "America/New_York", "Asia/Kathmandu", "Europe/Rome")
WEEKDAYS = ((1, 2, 3, 4, 7), (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5), (2, 4))
OPENS, CLOSES = (8 * HOUR, 7 * HOUR, 9 * HOUR, 10 * HOUR), (17 * HOUR, 20 * HOUR, 17 * HOUR, 12 * HOUR)
OFFSETS = Offsets(ZONES, START, START + 365 * DAY)
HOURS = OpeningHours([0, 1, 2, 3], WEEKDAYS, OPENS, CLOSES, OFFSETS)

teams = some.integers(0, 3)
instants = some.integers(START, START + 300 * DAY)


def is_open(team: int, instant: int) -> bool:
    local = datetime.datetime.fromtimestamp(instant, ZoneInfo(ZONES[team]))
    second = local.hour * HOUR + local.minute * 60 + local.second
    return local.isoweekday() in WEEKDAYS[team] and OPENS[team] <= second < CLOSES[team]


def worked(team: int, instant: int) -> int:
    return int(HOURS.worked(np.array([team]), np.array([instant]))[0])


@given(some.sampled_from(range(4)), instants)
def test_offsets_are_the_zone_databases(zone: int, instant: int) -> None:
    expected = datetime.datetime.fromtimestamp(instant // HOUR * HOUR, ZoneInfo(ZONES[zone])).utcoffset()
    assert expected is not None
    assert OFFSETS.at(np.array([zone]), np.array([instant]))[0] == expected.total_seconds()


@given(teams, instants)
def test_a_minute_counts_exactly_when_the_team_is_open(team: int, instant: int) -> None:
    """Clocks change at night, when these teams are closed, so that no hour is lost or doubled."""
    minute = instant // 60 * 60
    assert worked(team, minute + 60) - worked(team, minute) == (60 if is_open(team, minute) else 0)


@given(teams, instants, some.integers(1, 150 * HOUR))
def test_adding_worked_time_lands_in_opening_hours_and_comes_back(team: int, instant: int, more: int) -> None:
    position = worked(team, instant) + more
    landed = int(HOURS.instants(np.array([team]), np.array([position]))[0])
    assert landed >= instant
    assert is_open(team, landed)
    assert worked(team, landed) == position
