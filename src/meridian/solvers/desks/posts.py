"""From agents on duty to people employed: shifts that cover the need, and hours a person is really there."""

import numpy as np

from meridian.solvers.desks.pools import Clock, Staffing
from meridian.solvers.desks.shifts import ShiftCover, cover


def need_by_hour(agents: np.ndarray, clock: Clock) -> np.ndarray:
    """The most agents of any slot of each hour of the week (168 hours, UTC)."""
    return agents.reshape(168, clock.slots // 168).max(axis=1)


def shifts_for(staffing: Staffing, clock: Clock) -> tuple[ShiftCover, ...]:
    """The shifts of each group for a week; the groups of one staffing help its first one."""
    need = np.array([need_by_hour(row, clock) for row in staffing.agents])
    return tuple(cover(need)) if need.any() else ()


def paid_hours(staffing: Staffing, clock: Clock) -> np.ndarray:
    """Hours a week that the shifts of each group pay."""
    return np.array([shifts.paid_hours for shifts in shifts_for(staffing, clock)])
