"""The months of which answers are shown: fixed ones, that never overlap."""

from datetime import UTC, datetime

MOST_MONTHS = 13


def months(now: datetime) -> list[str]:
    """The last months as `2026-11`, the present one first."""
    at = now.astimezone(UTC)
    counted = (at.year * 12 + at.month - 1 - back for back in range(MOST_MONTHS))
    return [f"{whole // 12}-{whole % 12 + 1:02d}" for whole in counted]


def bounds_of(month: str) -> tuple[datetime, datetime]:
    """When a month begins and ends."""
    year, number = (int(part) for part in month.split("-"))
    following = (year + number // 12, number % 12 + 1)
    return datetime(year, number, 1, tzinfo=UTC), datetime(*following, 1, tzinfo=UTC)
