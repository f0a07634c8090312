"""A zone that isn't known is refused when it is set, and stops nobody when it is read."""

import zoneinfo
from datetime import UTC

import pytest
from django.core.exceptions import ValidationError

from meridian.engine.records.zones import check_zone, zone_or_utc


def test_every_zone_of_the_platform_is_taken_and_no_other():
    for name in zoneinfo.available_timezones():
        check_zone(name)
    for name in ("", "Mars/Olympus", "UTC+3", "../etc/passwd", "africa/nairobi", "\0", "x" * 5000):
        with pytest.raises(ValidationError):
            check_zone(name)


def test_a_zone_that_is_not_known_is_refused_with_the_near_ones():
    for typed, meant in (("Kinshasa", "Africa/Kinshasa"), ("africa/nairobi", "Africa/Nairobi")):
        with pytest.raises(ValidationError, match=meant):
            check_zone(typed)


def test_reading_an_unknown_zone_gives_utc_and_says_so():
    assert zone_or_utc("Africa/Nairobi") == (zoneinfo.ZoneInfo("Africa/Nairobi"), "")
    for name in ("Mars/Olympus", "", "../etc/passwd", "\0"):
        zone, said = zone_or_utc(name)
        assert zone is UTC
        assert "UTC" in said
