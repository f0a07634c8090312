"""From agents on duty to people employed: shifts that cover the need, and hours a person is really there."""

import numpy as np

from meridian.steering.desks.pools import Clock, Staffing
from meridian.steering.desks.shifts import cover


def need_by_hour(agents: np.ndarray, clock: Clock) -> np.ndarray:
    """The most agents of any slot of each hour of the week (168 hours, UTC)."""
    return agents.reshape(168, clock.slots // 168).max(axis=1)


def paid_hours(staffing: Staffing, clock: Clock) -> np.ndarray:
    """Hours a week that the shifts of each group pay; the groups of one staffing help its first one."""
    need = np.array([need_by_hour(row, clock) for row in staffing.agents])
    if not need.any():
        return np.zeros(len(need))
    return np.array([shifts.paid_hours for shifts in cover(need)])
