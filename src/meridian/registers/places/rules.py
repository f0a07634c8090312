"""What makes a place's particulars valid."""

import zoneinfo

ZONES = frozenset(zoneinfo.available_timezones())


def zone_exists(name: str) -> bool:
    """Whether `name` is an IANA time zone."""
    return name in ZONES
