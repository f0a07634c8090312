"""Cover the agents that each hour needs with shifts of fixed lengths, at the fewest paid hours (set cover)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csc_array

HOURS_PER_WEEK = 168
SOLVER_SECONDS = 2.0


@dataclass(frozen=True)
class ShiftCover:
    """How many shifts of each length begin at each hour of the week; `bound` is a proven least of paid hours."""

    lengths_hours: tuple[int, ...]
    starts: np.ndarray
    bound_hours: float

    @property
    def paid_hours(self) -> float:
        return float((self.starts.sum(axis=1) * np.array(self.lengths_hours)).sum())

    def on_duty(self) -> np.ndarray:
        """Agents in each hour of the week; a shift over Sunday midnight goes on in the first hours."""
        duty = np.zeros(HOURS_PER_WEEK, np.int64)
        for length, starts in zip(self.lengths_hours, self.starts, strict=True):
            for step in range(length):
                duty += np.roll(starts, step)
        return duty


def cover(need: np.ndarray, lengths_hours: tuple[int, ...] = (8, 4)) -> ShiftCover:
    """Shifts that put at least `need` agents (168 hours, cyclic) on duty; the same need gives the same shifts."""
    if need.shape != (HOURS_PER_WEEK,) or need.min() < 0:
        raise ValueError("the need is 168 counts of 0 or more")
    hours = np.arange(HOURS_PER_WEEK)
    columns = [(length, start) for length in lengths_hours for start in range(HOURS_PER_WEEK)]
    rows = np.concatenate([(start + hours[:length]) % HOURS_PER_WEEK for length, start in columns])
    places = np.repeat(np.arange(len(columns)), [length for length, _ in columns])
    matrix = csc_array((np.ones(len(rows)), (rows, places)), shape=(HOURS_PER_WEEK, len(columns)))
    cost = np.array([float(length) for length, _ in columns])
    answer = milp(
        cost,
        constraints=LinearConstraint(matrix, need, np.inf),
        integrality=np.ones(len(columns)),
        options={"time_limit": SOLVER_SECONDS, "mip_rel_gap": 0.005},
    )
    if answer.x is None:
        raise ValueError("no shifts cover the need")
    starts = np.round(answer.x).astype(np.int64).reshape(len(lengths_hours), HOURS_PER_WEEK)
    return ShiftCover(lengths_hours, starts, float(answer.mip_dual_bound))
