"""Words and rows of statistics."""

from dataclasses import dataclass

INDICATORS = (
    "ict_budget",
    "ict_personnel",
    "ict_units",
    "applications",
    "servers",
    "computing_facilities",
    "workstations",
    "service_desks",
    "service_requests",
)


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """One figure: `ict_budget` in whole million USD a year, `service_requests` a year, else a count."""

    indicator: str
    location_group: str
    value: int
