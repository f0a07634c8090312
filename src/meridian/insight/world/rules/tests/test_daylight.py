"""The sun against published instants, and the drawn night against the sun's altitude."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.insight.world.rules.daylight import (
    ASTRONOMICAL,
    CIVIL,
    NAUTICAL,
    SUNSET,
    altitude,
    half_width,
    night,
    night_outlines,
    sun_at,
    wrap,
)

SECONDS = st.integers(631_152_000, 2_524_521_600)  # 1990 to 2050
INSTANTS = SECONDS.map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
LIMITS = st.sampled_from([SUNSET, CIVIL, NAUTICAL, ASTRONOMICAL])


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# United States Naval Observatory, "Earth's seasons": equinoxes and solstices, to the minute.
EQUINOXES = [
    utc(2024, 3, 20, 3, 6),
    utc(2024, 9, 22, 12, 44),
    utc(2025, 3, 20, 9, 1),
    utc(2025, 9, 22, 18, 19),
    utc(2026, 3, 20, 14, 46),
    utc(2026, 9, 23, 0, 5),
]
SOLSTICES = [
    (utc(2024, 6, 20, 20, 51), 1),
    (utc(2024, 12, 21, 9, 20), -1),
    (utc(2025, 6, 21, 2, 42), 1),
    (utc(2025, 12, 21, 15, 3), -1),
    (utc(2026, 6, 21, 8, 25), 1),
    (utc(2026, 12, 21, 20, 50), -1),
]


@pytest.mark.parametrize("instant", EQUINOXES)
def test_sun_stands_over_the_equator_at_an_equinox(instant: datetime) -> None:
    assert sun_at(instant).declination == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(("instant", "side"), SOLSTICES)
def test_sun_stands_over_a_tropic_at_a_solstice(instant: datetime, side: int) -> None:
    assert sun_at(instant).declination == pytest.approx(side * 23.44, abs=0.01)
    before, after = instant - timedelta(days=3), instant + timedelta(days=3)
    assert abs(sun_at(before).declination) < abs(sun_at(instant).declination)
    assert abs(sun_at(after).declination) < abs(sun_at(instant).declination)


@pytest.mark.parametrize(
    ("instant", "minutes"),
    [
        (utc(2026, 2, 11, 12), -14.2),
        (utc(2026, 5, 14, 12), 3.7),
        (utc(2026, 7, 26, 12), -6.5),
        (utc(2026, 11, 3, 12), 16.4),
    ],
)
def test_extremes_of_the_equation_of_time(instant: datetime, minutes: float) -> None:
    assert sun_at(instant).equation_minutes == pytest.approx(minutes, abs=0.1)


def test_noon_at_greenwich_is_when_the_sun_crosses_it() -> None:
    sun = sun_at(utc(2026, 11, 3, 11, 43, 34))
    assert sun.longitude == pytest.approx(0, abs=0.05)


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        sun_at(utc(2026, 1, 1).replace(tzinfo=None))


@given(INSTANTS, st.integers(-12, 14))
def test_the_zone_of_the_clock_does_not_move_the_sun(instant: datetime, hours: int) -> None:
    assert sun_at(instant.astimezone(timezone(timedelta(hours=hours)))) == sun_at(instant)


@given(INSTANTS)
def test_the_sun_is_overhead_at_its_own_place_and_deepest_opposite(instant: datetime) -> None:
    sun = sun_at(instant)
    assert altitude(sun, sun.declination, sun.longitude) == pytest.approx(90, abs=1e-3)
    assert altitude(sun, -sun.declination, sun.longitude + 180) == pytest.approx(-90, abs=1e-3)


@given(INSTANTS, LIMITS, st.floats(-89, 89), st.floats(-180, 180))
def test_a_place_lies_in_the_band_of_its_parallel_when_the_sun_is_below_the_limit(
    instant: datetime, limit: float, latitude: float, longitude: float
) -> None:
    sun = sun_at(instant)
    from_midnight = abs(wrap(longitude - sun.longitude - 180))
    inside = from_midnight < half_width(sun, latitude, limit)
    height = altitude(sun, latitude, longitude)
    if abs(height - limit) > 1e-6:
        assert inside == (height < limit)


def contains(outline: list[tuple[float, float]], longitude: float, latitude: float) -> bool:
    """Whether an outline holds a point: the even-odd rule, slow and sure."""
    inside = False
    for (x0, y0), (x1, y1) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (y0 > latitude) != (y1 > latitude) and longitude < x0 + (x1 - x0) * (latitude - y0) / (y1 - y0):
            inside = not inside
    return inside


@given(INSTANTS, LIMITS, st.floats(-85, 85), st.floats(-179.9, 179.9))
def test_the_drawn_night_holds_exactly_the_dark_places(
    instant: datetime, limit: float, latitude: float, longitude: float
) -> None:
    sun = sun_at(instant)
    height = altitude(sun, latitude, longitude)
    outlines = night_outlines(night(sun, limit))
    if abs(height - limit) > 0.75:  # the outline has corners every three degrees
        assert any(contains(outline, longitude, latitude) for outline in outlines) == (height < limit)


@given(INSTANTS, LIMITS)
def test_outlines_stay_on_the_map(instant: datetime, limit: float) -> None:
    outlines = night_outlines(night(sun_at(instant), limit))
    assert 1 <= len(outlines) <= 2
    for outline in outlines:
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in outline)
