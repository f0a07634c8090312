"""What must hold of periods: they tile, they overlap alike from both sides, and labels read back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.period import FiscalKind, FiscalPeriod, Period, Span, add_months, months_shared

days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
periods = st.builds(lambda day, length: Period(day, day + timedelta(days=length)), days, st.integers(1, 2000))
kinds = st.sampled_from(FiscalKind)


@given(periods, periods)
def test_an_overlap_holds_just_the_days_that_both_hold(one, other):
    shared = one.overlap(other)
    assert shared == other.overlap(one)
    days_of_one = {one.start_on + timedelta(days=index) for index in range(one.days)}
    assert sum(day in other for day in days_of_one) == (shared.days if shared else 0)


@given(periods)
def test_months_tile_the_period(period):
    parts = period.months()
    assert parts[0].start_on == period.start_on
    assert parts[-1].end_on == period.end_on
    assert all(one.end_on == other.start_on for one, other in zip(parts, parts[1:], strict=False))
    assert all(part.start_on.month == part.last_day.month for part in parts)


@given(kinds, days)
def test_the_fiscal_period_of_a_day_holds_it_and_its_label_reads_back(kind, day):
    fiscal = FiscalPeriod.holding(kind, day)
    assert day in fiscal.period
    assert FiscalPeriod.parse(fiscal.label) == fiscal
    assert fiscal.following().period.start_on == fiscal.period.end_on


@given(days, st.integers(-200, 200))
def test_months_are_added_by_the_calendar(day, count):
    moved = add_months(day, count)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == count
    assert moved.day == day.day or add_months(moved, 0) + timedelta(days=1) == add_months(
        moved.replace(day=1), 1
    )


def test_a_july_june_year_gives_six_months_to_each_calendar_year():
    source = FiscalPeriod.parse("2010/11").period
    years = [FiscalPeriod.parse(label).period for label in ("2010", "2011", "2012")]
    assert months_shared(source, years) == [6, 6, 0]
    assert months_shared(Period(date(2010, 9, 1), date(2011, 9, 1)), years) == [4, 8, 0]


def test_what_is_no_period_is_refused():
    with pytest.raises(ValueError, match="must end after"):
        Period(date(2020, 1, 1), date(2020, 1, 1))
    with pytest.raises(ValueError, match="even year"):
        FiscalPeriod(FiscalKind.BIENNIUM, 2011)
    with pytest.raises(ValueError, match="whole months"):
        months_shared(Period(date(2020, 1, 2), date(2020, 3, 1)), [])
    for label in ("2010-2012", "2010/12", "twenty", "20", ""):
        with pytest.raises(ValueError, match="budget period"):
            FiscalPeriod.parse(label)


def test_spans_need_a_zone_and_an_order():
    noon = datetime(2020, 5, 1, 12, tzinfo=UTC)
    span = Span(noon, noon + timedelta(hours=1))
    assert noon in span
    assert span.end_at not in span
    assert span.seconds == 3600
    assert span.overlap(Span(noon + timedelta(minutes=30), noon + timedelta(hours=9))).seconds == 1800
    assert span.overlap(Span(span.end_at, span.end_at + timedelta(hours=1))) is None
    with pytest.raises(ValueError, match="time zone"):
        Span(datetime(2020, 5, 1), noon)  # noqa: DTZ001 - the naive instant is the point
    with pytest.raises(ValueError, match="must end after"):
        Span(noon, noon)
