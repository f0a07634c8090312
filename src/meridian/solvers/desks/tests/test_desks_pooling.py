"""The pooling figure of the reference case, worked again: 131 desks of 3 seats against one desk of 55."""

import math

import pytest

from meridian.solvers.desks.erlang import Queue, QueueFault, erlang_c

REQUESTS_PER_YEAR = 1_146_629
DESKS = 131
PEAK = 1.3
DESK_HOURS = 250 * 10
WORLD_HOURS = 52 * 5 * 24
LANGUAGE_SHARES = (0.55, 0.20, 0.12, 0.06, 0.04, 0.03)
HUBS = 3


def seats(requests_per_hour: float) -> int:
    """The fewest seats that answer 80 % in 30 s when contacts take 12 minutes and nobody leaves."""
    count = 1
    while True:
        try:
            if erlang_c(Queue(requests_per_hour, 5.0, count, target=30 / 3600)).service_level >= 0.8:
                return count
        except QueueFault:
            pass
        count += 1


def separate_hours() -> int:
    return DESKS * seats(PEAK * REQUESTS_PER_YEAR / DESKS / DESK_HOURS) * DESK_HOURS


def test_separate_desks_need_three_seats_each() -> None:
    rate = PEAK * REQUESTS_PER_YEAR / DESKS / DESK_HOURS
    assert seats(rate) == 3
    assert rate / 5 / 3 == pytest.approx(0.30, abs=0.005)
    assert separate_hours() == 982_500


def test_one_desk_needs_fifty_five_seats() -> None:
    rate = PEAK * REQUESTS_PER_YEAR / WORLD_HOURS
    assert seats(rate) == 55
    assert rate / 5 / 55 == pytest.approx(0.87, abs=0.005)
    assert 55 * WORLD_HOURS == 343_200
    assert 1 - 343_200 / separate_hours() == pytest.approx(0.65, abs=0.005)


def test_one_language_an_agent_keeps_most_of_the_gain() -> None:
    rate = PEAK * REQUESTS_PER_YEAR / WORLD_HOURS
    split = sum(seats(rate * share) for share in LANGUAGE_SHARES)
    assert split == 67
    assert 1 - split * WORLD_HOURS / separate_hours() == pytest.approx(0.574, abs=0.001)


def test_one_hub_of_three_lost_costs_half_as_many_seats_again() -> None:
    kept = math.ceil(55 * HUBS / (HUBS - 1))
    assert kept == 83
    assert 1 - kept * WORLD_HOURS / separate_hours() == pytest.approx(0.473, abs=0.001)
