"""Rest, nights, balance and coverage."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from meridian.work.shifts.rules.checks import balance_score, loads
from meridian.work.shifts.rules.coverage import Knowledge, Wanted, coverage

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def at(day, hour):
    return MONDAY + timedelta(days=day, hours=hour)


def test_less_than_eleven_hours_of_rest_is_told_with_its_instant():
    found = loads([(1, at(0, 8), at(0, 16)), (1, at(1, 2), at(1, 10)), (1, at(1, 21), at(2, 5))], ROME)[1]
    assert found.short_rests == (at(1, 2),)
    assert found.shortest_rest == timedelta(hours=10)
    assert (found.hours, found.shifts) == (24, 3)


def test_rest_is_counted_as_it_passes_when_the_clocks_change():
    spring = datetime(2026, 3, 28, 21, tzinfo=ROME), datetime(2026, 3, 29, 8, tzinfo=ROME)
    rest = loads([(1, spring[0] - timedelta(hours=4), spring[0]), (1, spring[1], at(28, 0))], ROME)[1]
    assert rest.shortest_rest == timedelta(hours=10)


def test_nights_in_a_row_are_counted_by_the_clock_of_the_place():
    nights = [(1, at(day, 20), at(day + 1, 4)) for day in (0, 1, 2, 4)]
    found = loads(nights, ROME)[1]
    assert (found.nights, found.nights_in_row) == (4, 3)
    assert loads([(1, at(0, 4), at(0, 12))], ROME)[1].nights == 0


def test_stays_that_touch_are_one():
    found = loads([(1, at(0, 8), at(0, 12)), (1, at(0, 12), at(0, 16))], ROME)[1]
    assert (found.shifts, found.shortest_rest) == (1, None)


def test_balance_runs_from_even_to_one_who_does_it_all():
    assert balance_score({1: 40, 2: 40}) == 100
    assert balance_score({1: 40, 2: 20}) == 67
    assert balance_score({1: 40, 2: 0}) == 0
    assert balance_score({}) == balance_score({1: 0}) == 100


def test_a_gap_is_told_by_language_and_skill_and_only_while_somebody_is_wanted():
    hours = [at(0, hour) for hour in range(4)]
    shifts = [(1, at(0, 0), at(0, 2)), (2, at(0, 1), at(0, 4))]
    knows = {
        1: Knowledge(frozenset({"fr"}), frozenset({7})),
        2: Knowledge(frozenset({"fr", "ar"}), frozenset()),
    }
    is_open = {at(0, 3): False}
    wanted = [Wanted("fr", 0, 1), Wanted("fr", 7, 1), Wanted("ar", 0, 1), Wanted("", 0, 2)]
    lines = coverage(hours, shifts, wanted, knows, is_open)
    assert [line.counts for line in lines] == [(1, 2, 1, -1), (1, 1, 0, -1), (0, 1, 1, -1), (1, 2, 1, -1)]
    assert [line.gaps for line in lines] == [(), (2,), (0,), (0, 2)]
    assert lines[3].runs() == [(0, 1), (2, 3)]


def test_an_hour_in_which_somebody_leaves_has_as_many_as_it_has_at_its_worst():
    half = at(0, 0) + timedelta(minutes=30)
    knows = {1: Knowledge(frozenset({"en"}), frozenset())}
    line = coverage([at(0, 0)], [(1, at(0, 0), half)], [Wanted("en", 0, 1)], knows, {})[0]
    assert line.counts == (0,)
