"""When a report was made, as far as it says so. Without a zone an instant is in UTC."""

import datetime
import re
from typing import Any

IN_ID = re.compile(r"(\d{4})-(\d{2})-(\d{2})-(\d{2})-(\d{2})-(\d{2})$")
DAY = 86_400


def instant_of(text: Any) -> int | None:
    """The seconds of a date with a time, such as 2020-06-12 14:19:54; None for any other text."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return _seconds(found if found.tzinfo else found.replace(tzinfo=datetime.UTC))


def instant_in_id(device: str) -> int | None:
    """The instant at which an agent was set up, which stands at the end of its id: the report isn't older."""
    match = IN_ID.search(device)
    return instant_of("{}-{}-{} {}:{}:{}".format(*match.groups())) if match else None


def day_of(seconds: int) -> int:
    """The beginning of the day."""
    return seconds - seconds % DAY


def _seconds(instant: datetime.datetime) -> int | None:
    return max(int(instant.timestamp()), 0)
