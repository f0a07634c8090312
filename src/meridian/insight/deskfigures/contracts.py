"""Figures of the desk that other modules and the command line read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile in hours with its 95 per cent interval.

    `hours` is infinite where that share of the items isn't done yet; `low` and `high` are None where
    there are too few items to bound it.
    """

    hours: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Times:
    """How long items of a group took: how many, and the median and 90th percentile of each duration.

    `key` is the id (or code) of the group, None where items have none.
    """

    key: int | str | None
    items: int
    answered: tuple[Quantile, Quantile]
    resolved: tuple[Quantile, Quantile]


@dataclass(frozen=True, slots=True)
class Aged:
    """Open items whose age lies between two numbers of whole days, both included; `most` None is no end."""

    least: int
    most: int | None
    items: int
    urgent: int


@dataclass(frozen=True, slots=True)
class Hour:
    """What came in during one hour (its beginning, UTC) against what the weeks before let expect.

    `expected` with `low` and `high` is the mean and the 95 per cent prediction interval; `came` is None
    for an hour that isn't over.
    """

    at: datetime
    came: int | None
    expected: float
    low: float
    high: float
