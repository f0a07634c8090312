"""What the desk planner is asked for. Light enough for the command line to import."""

import math
from dataclasses import dataclass, field

WEEKS_PER_YEAR = 365.25 / 7


@dataclass(frozen=True)
class Promise:
    """What callers are promised: `share` of all offered contacts answered within `target_seconds`."""

    share: float = 0.8
    target_seconds: float = 30.0
    patience_seconds: float = 360.0


@dataclass(frozen=True)
class WorkYear:
    """What a post gives in a year: weekdays less absences, times hours a day, less breaks and meetings."""

    weekdays: float = 260.0
    holidays: float = 10.0
    leave_days: float = 30.0
    sick_days: float = 8.0
    training_days: float = 5.0
    hours_per_day: float = 8.0
    shrinkage: float = 0.1

    @property
    def net_hours(self) -> float:
        days = self.weekdays - self.holidays - self.leave_days - self.sick_days - self.training_days
        return days * self.hours_per_day * (1.0 - self.shrinkage)

    def posts(self, paid_hours_per_week: float) -> int:
        """Whole posts that give so many hours on duty; half a person cannot be shared between desks."""
        return math.ceil(paid_hours_per_week * WEEKS_PER_YEAR / self.net_hours - 1e-9)


@dataclass(frozen=True)
class Settings:
    """What the planner is asked for; every figure of it is printed under `assumptions`."""

    promise: Promise = field(default_factory=Promise)
    year: WorkYear = field(default_factory=WorkYear)
    hubs: int = 3
    seed: int = 1
    replications: int = 20
    handling_variation: float = 1.0
    observed_weeks: float = 52.0
    reference_week: str = "2026-01-05"
    rosters: bool = False
