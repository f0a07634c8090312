"""Time zones of rows and readers: refused when they are set and not known, survived when they are read."""

import zoneinfo
from datetime import UTC, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meridian.kernel.local_time import zone_named
from meridian.kernel.words import near

ZONES = frozenset(zoneinfo.available_timezones())


def check_zone(name: str) -> None:
    """A validator of IANA zone names; what isn't one is refused with the near ones."""
    if name in ZONES:
        return
    said = _("There is no time zone called “%(name)s”.") % {"name": name[:50]}
    suggested = near(name, ZONES) or near(name.rpartition("/")[2], ZONES) or ["UTC", "Africa/Nairobi"]
    words = ", ".join(f"“{zone}”" for zone in suggested)
    raise ValidationError(f"{said} {_('Did you mean %(words)s?') % {'words': words}}")


def zone_or_utc(name: str) -> tuple[tzinfo, str]:
    """The zone and an empty text; for a name that isn't known UTC, and the sentence that says so."""
    try:
        return zone_named(name), ""
    except ValueError:
        said = _("The time zone “%(name)s” of your account is not known here: all times are in UTC.")
        return UTC, said % {"name": name}
