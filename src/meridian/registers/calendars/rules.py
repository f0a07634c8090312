"""What weekly hours and the hours of one day look like when they make sense."""

import json
import re
from datetime import date
from typing import Any

from meridian.kernel.working_time import Window

WEEKDAYS = tuple("1234567")
MOST_OPENINGS = 24
CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)
MOST_CHARACTERS_SHOWN = 40


class Nonsense(ValueError):
    """These hours can't be read. `code` is shape, weekday, many or opening; `shown` what it is about."""

    def __init__(self, code: str, shown: Any = "") -> None:
        self.code = code
        text = shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False, default=str)
        self.shown = text[:MOST_CHARACTERS_SHOWN]
        super().__init__(f"{code} {self.shown}")


def check_weekly(weekly: Any) -> None:
    """Raise `Nonsense` unless `weekly` maps ISO weekdays, "1" for Monday, to openings."""
    if not isinstance(weekly, dict):
        raise Nonsense("shape")
    for weekday, openings in weekly.items():
        if weekday not in WEEKDAYS:
            raise Nonsense("weekday", weekday)
        check_openings(openings)


def check_openings(openings: Any) -> None:
    """Raise `Nonsense` unless these are pairs of times such as `["08:00", "16:00"]`, not too many."""
    if not isinstance(openings, list):
        raise Nonsense("opening", openings)
    if len(openings) > MOST_OPENINGS:
        raise Nonsense("many")
    for opening in openings:
        if not _is_opening(opening):
            raise Nonsense("opening", opening)


def _is_opening(opening: Any) -> bool:
    if not isinstance(opening, list) or len(opening) != 2:
        return False
    if not all(isinstance(time, str) and CLOCK.fullmatch(time) for time in opening):
        return False
    try:
        Window.parse("-".join(opening))
    except ValueError:
        return False
    return True


def public_holidays(country: str, year: int) -> dict[date, str]:
    """The public holidays of a country (two letters) in a year with their names, as far as known."""
    # The days of every country take longer to load than most commands run.
    from holidays import country_holidays  # noqa: PLC0415

    try:
        return dict(country_holidays(country, years=year))
    except NotImplementedError:
        return {}
