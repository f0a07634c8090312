"""From agents on duty to people employed: shifts that cover the need, and hours a person is really there."""

import math
from dataclasses import dataclass

import numpy as np

from meridian.steering.consolidation.desks.pools import Clock, Staffing
from meridian.steering.consolidation.desks.shifts import cover

WEEKS_PER_YEAR = 365.25 / 7


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


def need_by_hour(agents: np.ndarray, clock: Clock) -> np.ndarray:
    """The most agents of any slot of each hour of the week (168 hours, UTC)."""
    return agents.reshape(168, clock.slots // 168).max(axis=1)


def paid_hours(staffing: Staffing, clock: Clock) -> np.ndarray:
    """Hours a week that the shifts of each group pay."""
    return np.array([cover(need_by_hour(row, clock)).paid_hours if row.any() else 0.0 for row in staffing.agents])
