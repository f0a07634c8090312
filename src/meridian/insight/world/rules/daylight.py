"""Where the sun stands and how far its light reaches, at an instant.

Sources: position of the sun after J. Meeus, Astronomical Algorithms, 2nd edition, chapter 25
(low accuracy, 0.01°); equation of time and true solar time as in the NOAA solar calculation
details (gml.noaa.gov/grad/solcalc). Altitudes of twilight: civil −6°, nautical −12°,
astronomical −18°; the sun is taken to set at −0.833° (refraction and half its disc).
"""

from datetime import UTC, datetime
from math import acos, asin, atan2, cos, degrees, radians, sin
from typing import NamedTuple

SUNSET, CIVIL, NAUTICAL, ASTRONOMICAL = -0.833, -6.0, -12.0, -18.0
J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)


class Sun(NamedTuple):
    """Declination in degrees north; subsolar longitude in degrees east, −180 to 180;
    equation of time in minutes (apparent minus mean)."""

    declination: float
    longitude: float
    equation_minutes: float


class Band(NamedTuple):
    """At `latitude` it is dark from `west` to `east` degrees (unwrapped: east ≥ west)."""

    latitude: float
    west: float
    east: float


def wrap(longitude: float) -> float:
    """The same meridian between −180 (inclusive) and 180."""
    return (longitude + 180) % 360 - 180


def sun_at(instant: datetime) -> Sun:
    """The sun at an aware instant; a naive one raises ValueError. Good for 1950 to 2050."""
    if instant.tzinfo is None:
        raise ValueError("The sun's place needs an instant with a time zone.")
    utc = instant.astimezone(UTC)
    century = (utc - J2000).total_seconds() / 86400 / 36525
    mean_longitude = 280.46646 + century * (36000.76983 + century * 0.0003032)
    anomaly = radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    centre = (
        (1.914602 - century * (0.004817 + 0.000014 * century)) * sin(anomaly)
        + (0.019993 - 0.000101 * century) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * century)
    apparent = radians(mean_longitude + centre - 0.00569 - 0.00478 * sin(node))
    obliquity = radians(23.439291 - 0.0130042 * century + 0.00256 * cos(node))
    ascension = degrees(atan2(cos(obliquity) * sin(apparent), cos(apparent)))
    declination = degrees(asin(sin(obliquity) * sin(apparent)))
    equation = 4 * wrap(mean_longitude - 0.0057183 - ascension)
    minutes = utc.hour * 60 + utc.minute + utc.second / 60 + utc.microsecond / 6e7
    return Sun(declination, wrap((720 - minutes - equation) / 4), equation)


def altitude(sun: Sun, latitude: float, longitude: float) -> float:
    """Degrees of the sun's centre above the horizon, without refraction."""
    phi, delta = radians(latitude), radians(sun.declination)
    hour_angle = radians(longitude - sun.longitude)
    height = sin(phi) * sin(delta) + cos(phi) * cos(delta) * cos(hour_angle)
    return degrees(asin(max(-1.0, min(1.0, height))))


def half_width(sun: Sun, latitude: float, limit: float) -> float:
    """Degrees to either side of the midnight meridian where the sun is below `limit`: 0 to 180."""
    phi, delta = radians(latitude), radians(sun.declination)
    reach = cos(phi) * cos(delta)
    lack = sin(radians(limit)) - sin(phi) * sin(delta)
    if abs(reach) < 1e-12:
        return 180.0 if lack > 0 else 0.0
    return 180 - degrees(acos(max(-1.0, min(1.0, lack / reach))))


def _turning_latitudes(sun: Sun, limit: float) -> list[float]:
    """Latitudes at which the dark begins, ends or becomes whole: there its edge runs east to west."""
    return [
        sun.declination + 90 - limit,
        sun.declination - 90 + limit,
        90 + limit - sun.declination,
        -90 - limit - sun.declination,
    ]


def night(sun: Sun, limit: float = SUNSET, step: float = 3.0) -> list[Band]:
    """The dark side as bands from north to south, closer together where its edge bends.

    Every parallel crosses the dark in one interval around the midnight meridian, which holds
    at equinoxes and poles alike. Only latitudes with some dark are listed.
    """
    grid = {-90 + step * index for index in range(round(180 / step) + 1)}
    for turn in _turning_latitudes(sun, limit):
        grid |= {turn + side * offset for side in (-1, 1) for offset in (0.0, 0.03, 0.15, 0.5, 1.2)}
    midnight = sun.longitude + 180
    bands = []
    for latitude in sorted((value for value in grid if -90 <= value <= 90), reverse=True):
        half = half_width(sun, latitude, limit)
        if half > 0:
            bands.append(Band(latitude, midnight - half, midnight + half))
    return bands


def night_outlines(bands: list[Band]) -> list[list[tuple[float, float]]]:
    """The dark as closed outlines of (longitude, latitude) within ±180: one, or two across the date line."""
    outlines = []
    for turn in (-360, 0):
        west = [max(-180.0, min(180.0, band.west + turn)) for band in bands]
        east = [max(-180.0, min(180.0, band.east + turn)) for band in bands]
        if any(right > left for left, right in zip(west, east, strict=True)):
            latitudes = [band.latitude for band in bands]
            left = list(zip(west, latitudes, strict=True))
            right = list(zip(east, latitudes, strict=True))
            outlines.append(right + left[::-1])
    return outlines
