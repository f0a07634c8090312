"""Instants by a pattern are those of strptime, however fast they are read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from meridian.kernel.notation.instants import EPOCH, reader_of, zone_of

# Strategies of moments take bounds without a zone.
MOMENTS = some.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1))  # noqa: DTZ001
PATTERNS = ("%Y/%m/%d %H:%M:%S.%f", "%d.%m.%Y %H:%M", "%d %b %Y, %I:%M:%S %p", "%Y%m%d%H%M%S", "%m-%d-%Y")


@given(MOMENTS, some.sampled_from(PATTERNS))
def test_what_strftime_prints_is_read_as_strptime_reads_it(moment, pattern):
    words = moment.strftime(pattern)
    expected = datetime.strptime(words, pattern).replace(tzinfo=UTC)
    assert EPOCH + timedelta(microseconds=reader_of(pattern, UTC)(words)) == expected


@given(MOMENTS, some.integers(-14 * 60, 14 * 60))
def test_what_is_in_iso_keeps_its_own_zone(moment, minutes):
    offset = timedelta(minutes=minutes)
    sign, span = ("-", -offset) if minutes < 0 else ("+", offset)
    hours, rest = divmod(int(span.total_seconds()) // 60, 60)
    words = f"{moment.isoformat()}{sign}{hours:02}:{rest:02}"
    read = reader_of(None, zone_of("Asia/Tokyo"))(words)
    assert EPOCH + timedelta(microseconds=read) == moment.replace(tzinfo=UTC) - offset


@pytest.mark.parametrize(
    ("words", "pattern", "zone", "expected"),
    [
        ("2024-02-29T24:00:00Z", None, "UTC", "2024-03-01T00:00:00+00:00"),
        ("2010-12-30T11:02:00.000+01:00", "ISO", "UTC", "2010-12-30T10:02:00+00:00"),
        ("2024-07-01 10:00", "iso", "Europe/Rome", "2024-07-01T08:00:00+00:00"),
        ("01.03.2024 10:00:00,1234567", "%d.%m.%Y %H:%M:%S,%f", "UTC", "2024-03-01T10:00:00.123456+00:00"),
        ("1/3/2024 9:05", "%d/%m/%Y %H:%M", "+05:30", "2024-03-01T03:35:00+00:00"),
        ("2024-10-27 02:30", "%Y-%m-%d %H:%M", "Europe/Berlin", "2024-10-27T00:30:00+00:00"),
        ("2024-03-01 10:00 +0200", "%Y-%m-%d %H:%M %z", "UTC", "2024-03-01T08:00:00+00:00"),
    ],
)
def test_other_desks_ways_are_understood(words, pattern, zone, expected):
    read = reader_of(pattern, zone_of(zone))(words)
    assert (EPOCH + timedelta(microseconds=read)).isoformat() == expected


@pytest.mark.parametrize(
    "words", ["", "yesterday", "2024-02-30 10:00", "0001-01-01 00:00", "99999999999999999999"]
)
def test_what_is_no_instant_is_refused(words):
    for pattern in (None, "%Y-%m-%d %H:%M"):
        with pytest.raises(ValueError, match="is no instant"):
            reader_of(pattern, UTC)(words)


@pytest.mark.parametrize("pattern", ["dd.mm.yyyy", "%Y-%Q", "%Y %Y", "%"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match="The pattern"):
        reader_of(pattern, UTC)


@pytest.mark.parametrize("name", ["Europe/Berln", "../etc/passwd", "+99:00", "/", "Mars"])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(ValueError):
        zone_of(name)
