"""Cover what each hour needs with shifts of fixed lengths, at the fewest paid hours (set cover)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csc_array, hstack, vstack

HOURS_PER_WEEK = 168
SOLVER_SECONDS = 2.0


@dataclass(frozen=True)
class ShiftCover:
    """How many shifts of each length begin at each hour of the week; `bound_hours` is a proven least of all
    groups.
    """

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


def cover(need: np.ndarray, lengths_hours: tuple[int, ...] = (8, 4)) -> list[ShiftCover]:
    """Shifts for each group of agents that put at least `need` (groups, 168 hours, cyclic) on duty.

    The first group's work can be done by every other group (they speak its language too), so what the shifts
    of the others give beyond their own need counts towards the first. The same need gives the same shifts.
    """
    if need.ndim != 2 or need.shape[1] != HOURS_PER_WEEK or need.min() < 0:
        raise ValueError("the need is counts of 0 or more in 168 hours for each group")
    one = _covering(lengths_hours)
    groups = len(need)
    rows = [hstack([one] * groups)] + [
        hstack([one if place == group else csc_array(one.shape) for place in range(groups)])
        for group in range(1, groups)
    ]
    cost = np.tile(np.repeat(np.array(lengths_hours, float), HOURS_PER_WEEK), groups)
    answer = milp(
        cost,
        constraints=LinearConstraint(vstack(rows), np.concatenate([need.sum(axis=0), *need[1:]]), np.inf),
        integrality=np.ones(len(cost)),
        options={"time_limit": SOLVER_SECONDS, "mip_rel_gap": 0.005},
    )
    if answer.x is None:
        raise ValueError(f"no shifts that cover the need were found in {SOLVER_SECONDS:g} s")
    starts = np.round(answer.x).astype(np.int64).reshape(groups, len(lengths_hours), HOURS_PER_WEEK)
    return [ShiftCover(lengths_hours, part, float(answer.mip_dual_bound)) for part in starts]


def _covering(lengths_hours: tuple[int, ...]) -> csc_array:
    """Which hour (row) each start (column: length, then hour) covers."""
    hours = np.arange(HOURS_PER_WEEK)
    columns = [(length, start) for length in lengths_hours for start in range(HOURS_PER_WEEK)]
    rows = np.concatenate([(start + hours[:length]) % HOURS_PER_WEEK for length, start in columns])
    places = np.repeat(np.arange(len(columns)), [length for length, _ in columns])
    return csc_array((np.ones(len(rows)), (rows, places)), shape=(HOURS_PER_WEEK, len(columns)))
